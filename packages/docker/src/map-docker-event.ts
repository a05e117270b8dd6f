import type { CloudEvent } from '@berth/core'
import { readContainer } from './docker-labels.ts'
import type { EngineEvent } from './engine/index.ts'

/** An engine's event for people. */
export function mapDockerEvent(event: EngineEvent): CloudEvent {
  const { action, attributes, timeMicros } = event
  return {
    time: new Date(Math.floor(timeMicros / 1_000)),
    container: readContainer(attributes),
    name: action,
    message: messageOf(event),
    count: 1,
    severity:
      action === 'oom' || action.endsWith('unhealthy') || (action === 'die' && exitCodeOf(event) !== 0)
        ? 'warning'
        : 'normal',
  }
}

function messageOf(event: EngineEvent): string {
  switch (event.action) {
    case 'create':
      return `made from ${event.attributes.image ?? 'its image'}`
    case 'start':
      return 'started'
    case 'die':
      return `ended with exit code ${exitCodeOf(event) ?? 'unknown'}`
    case 'oom':
      return 'used more memory than it may have'
    case 'destroy':
      return 'removed'
    default:
      return event.action
  }
}

/** The code with which a container ended; Podman gives it another name. */
export function exitCodeOf({ attributes }: EngineEvent): number | undefined {
  const text = attributes.exitCode ?? attributes.containerExitCode
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}
