import type { ContainerObservation, Termination } from '@berth/core'
import { dateOf } from './aci-time.ts'
import type { Container, ContainerState, GroupEvent } from './arm/container-group.ts'

/** One container as the service tells it; undefined where the answer has no word on it. */
export function mapAciContainer(
  container: Container,
  restartPolicy: string | undefined,
): ContainerObservation | undefined {
  const view = container.properties.instanceView
  if (!view?.currentState && !view?.previousState) return undefined
  const counted = countedState(container, restartPolicy)
  const isBefore = counted !== view.currentState
  const lastTermination = isBefore ? undefined : terminationOf(view.previousState)
  const restartCount = Math.max(0, (view.restartCount ?? 0) - (isBefore ? 1 : 0))
  const base = { restartCount, ...(lastTermination && { lastTermination }) }
  switch (counted?.state) {
    case 'Running':
      return { ...base, state: 'running' }
    case 'Terminated': {
      const termination = terminationOf(counted)
      return { ...base, state: 'terminated', reason: termination?.reason, termination }
    }
    case 'Waiting':
      return { ...base, state: 'waiting', reason: counted.detailStatus || 'waiting' }
    default:
      return { ...base, state: 'unknown', reason: counted?.detailStatus || undefined }
  }
}

/**
 * The state that counts. Under the policy Never the service was reported (2021) to start a container all the same that had failed: its end
 * stays the end, for nobody asked for another instance. One that the service itself has killed, as its events tell, may have been so for a
 * restart that somebody did ask for.
 */
export function countedState(
  { properties }: Container,
  restartPolicy: string | undefined,
): ContainerState | undefined {
  const { currentState, previousState, events = [] } = properties.instanceView ?? {}
  return restartPolicy === 'Never' && hasFailed(previousState, events) ? previousState : currentState
}

function hasFailed(state: ContainerState | undefined, events: readonly GroupEvent[]): boolean {
  const { exitCode = 0, signal } = terminationOf(state) ?? {}
  if (exitCode === 0 || events.some(({ name }) => name === 'Killing')) return false
  return signal === undefined || events.length > 0
}

function terminationOf(state: ContainerState | undefined): Termination | undefined {
  if (state?.state !== 'Terminated') return undefined
  const { exitCode, detailStatus } = state
  const [startedAt, finishedAt] = [dateOf(state.startTime), dateOf(state.finishTime)]
  const signal = exitCode === undefined || exitCode <= 128 ? undefined : signalName(exitCode - 128)
  return {
    exitCode,
    ...(signal && { signal }),
    reason: detailStatus || (exitCode === 0 ? 'Completed' : 'Error'),
    // Of a program that ended at once the end may be noted before the start.
    startedAt: startedAt && finishedAt && startedAt > finishedAt ? undefined : startedAt,
    finishedAt,
  }
}

function signalName(number: number): string | undefined {
  const { signals } = process.getBuiltinModule('node:os').constants
  return Object.entries(signals).find(([, value]) => value === number)?.[0]
}
