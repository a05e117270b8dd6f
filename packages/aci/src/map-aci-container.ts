import type { ContainerObservation, Termination } from '@berth/core'
import { dateOf } from './aci-time.ts'
import type { Container, ContainerState } from './arm/container-group.ts'

/** One container as the service tells it; undefined where the answer has no word on it. */
export function mapAciContainer({ properties }: Container): ContainerObservation | undefined {
  const view = properties.instanceView
  if (!view?.currentState && !view?.previousState) return undefined
  const { currentState, previousState, restartCount = 0 } = view
  const lastTermination = terminationOf(previousState)
  const base = { restartCount, ...(lastTermination && { lastTermination }) }
  switch (currentState?.state) {
    case 'Running':
      return { ...base, state: 'running' }
    case 'Terminated': {
      const termination = terminationOf(currentState)
      return { ...base, state: 'terminated', reason: termination?.reason, termination }
    }
    case 'Waiting':
      return { ...base, state: 'waiting', reason: currentState.detailStatus || 'waiting' }
    default:
      return { ...base, state: 'unknown', reason: currentState?.detailStatus || undefined }
  }
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
