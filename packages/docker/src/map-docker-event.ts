import type { CloudEvent } from '@berth/core'
import { readContainer } from './docker-labels.ts'
import type { EngineEvent } from './engine/index.ts'

/** An engine's event for people. */
export function mapDockerEvent(event: EngineEvent): CloudEvent {
  const { action, attributes, timeMicros } = event
  const code = exitCodeOf(event)
  const messages: Readonly<Record<string, string>> = {
    create: `made from ${attributes.image ?? 'its image'}`,
    start: 'started',
    die: `ended with exit code ${code ?? 'unknown'}`,
    oom: 'used more memory than it may have',
    destroy: 'removed',
  }
  return {
    time: new Date(Math.floor(timeMicros / 1_000)),
    container: readContainer(attributes),
    name: action,
    message: messages[action] ?? action,
    count: 1,
    severity:
      action === 'oom' || action.endsWith('unhealthy') || (action === 'die' && code !== 0)
        ? 'warning'
        : 'normal',
  }
}

/** The code with which a container ended; Podman gives it another name. */
export function exitCodeOf({ attributes }: EngineEvent): number | undefined {
  const text = attributes.exitCode ?? attributes.containerExitCode
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}
