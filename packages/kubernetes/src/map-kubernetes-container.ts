import type { ContainerObservation, Termination } from '@berth/core'
import type { ContainerStatus, TerminatedState } from './cluster/pod.ts'
import { dateOf } from './kubernetes-time.ts'

/** The node lost sight of the container: the code that it then writes is none. */
const UNKNOWN = 'ContainerStatusUnknown'

/** One container. `health` is what its health check says, where it has one. */
export function mapContainer(
  { restartCount, imageID, state = {}, lastState = {} }: ContainerStatus,
  health: ContainerObservation['health'],
): ContainerObservation {
  const last = lastState.terminated && mapTermination(lastState.terminated)
  const base = {
    restartCount,
    ...(imageID && { imageDigest: imageID.replace(/^.*@/, '') }),
    ...(last && { lastTermination: last }),
  }
  if (state.running) return { ...base, state: 'running', ...(health && { health }) }
  if (state.terminated) {
    const termination = mapTermination(state.terminated)
    return { ...base, state: 'terminated', reason: termination.reason, termination }
  }
  if (state.waiting) return { ...base, state: 'waiting', reason: state.waiting.reason }
  return { ...base, state: 'unknown' }
}

function mapTermination({ exitCode, signal, reason, startedAt, finishedAt }: TerminatedState): Termination {
  const isKnown = reason !== UNKNOWN
  const number = signal || (exitCode > 128 ? exitCode - 128 : 0)
  const name = isKnown ? signalName(number) : undefined
  const [started, finished] = [dateOf(startedAt), dateOf(finishedAt)]
  return {
    exitCode: isKnown ? exitCode : undefined,
    ...(name && { signal: name }),
    reason,
    // Of a program that ended at once some runtimes note the end before the start.
    startedAt: started && finished && started > finished ? undefined : started,
    finishedAt: finished,
  }
}

function signalName(number: number): string | undefined {
  const { signals } = process.getBuiltinModule('node:os').constants
  return Object.entries(signals).find(([, value]) => value === number)?.[0]
}
