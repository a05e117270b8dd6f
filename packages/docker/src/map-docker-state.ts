import type { ContainerObservation, Observation, Termination } from '@berth/core'
import { readContainer, readRole } from './docker-labels.ts'
import { containerName, MAIN } from './docker-names.ts'
import { acceptedStamp, inspectedStamps } from './docker-stamps.ts'
import { dateOf } from './docker-time.ts'
import type { ContainerInspect, ContainerStatus } from './engine/index.ts'
import type { EngineLocation } from './engine-location.ts'
import { mapDockerAddresses } from './map-docker-addresses.ts'
import { mapStartFailure } from './map-docker-error.ts'
import { findHolder, inspectedHolder } from './network-holder.ts'

/**
 * The state of a run by the inspection of its containers. A run whose main container is not there yet (or no more, while others are)
 * is pending; without any it is gone.
 */
export function mapDockerState(
  ref: string,
  inspected: readonly ContainerInspect[],
  location: EngineLocation,
): Observation {
  const members = inspected.filter((container) => readRole(labelsOf(container)) !== 'network')
  const holder = findHolder(inspected, labelsOf)
  const main = members.find((container) => readContainer(labelsOf(container)) === MAIN)
  return {
    ref,
    phase: main ? phaseOf(main.State.Status) : inspected.length > 0 ? 'pending' : 'gone',
    containers: Object.fromEntries(
      members.map((container) => [readContainer(labelsOf(container)), mapContainer(container)]),
    ),
    addresses: mapDockerAddresses(holder && inspectedHolder(holder), location),
    events: [],
    evidence: [...acceptedStamp(holder), ...members.flatMap(inspectedStamps)],
    failure: main && startFailure(ref, main),
  }
}

/** What a container is to its run's phase, if it is the main one. A created one waits for whoever made it to start it. */
export function phaseOf(status: ContainerStatus): Observation['phase'] {
  switch (status) {
    case 'created':
      return 'pending'
    case 'running':
    case 'paused':
    case 'restarting':
      return 'placed'
    default:
      return 'stopped'
  }
}

/** One container. */
export function mapContainer({ State, RestartCount, Image }: ContainerInspect): ContainerObservation {
  const health = State.Health?.Status
  const termination = terminationOf(State)
  const base = {
    restartCount: RestartCount,
    imageDigest: Image,
    ...(health !== undefined && health !== 'none' && { health }),
  }
  switch (State.Status) {
    case 'created':
      return { ...base, state: 'waiting', reason: State.Error || 'created' }
    case 'restarting':
      return { ...base, state: 'waiting', reason: 'restarting', lastTermination: termination }
    case 'running':
    case 'paused':
      return {
        ...base,
        state: 'running',
        ...(State.Status === 'paused' && { reason: 'paused' }),
        // A container that runs again still tells when it ended before, though no longer how.
        ...(termination &&
          RestartCount > 0 && {
            lastTermination: { ...termination, exitCode: undefined, signal: undefined },
          }),
      }
    default:
      return { ...base, state: 'terminated', reason: termination?.reason, termination }
  }
}

/** The end that an exit code tells of. */
export function termination(
  exitCode: number,
  more: Omit<Termination, 'exitCode' | 'signal'> = {},
): Termination {
  const signal = exitCode > 128 ? signalName(exitCode - 128) : undefined
  return {
    exitCode,
    ...(signal && { signal }),
    ...more,
    reason: more.reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
  }
}

function terminationOf(state: ContainerInspect['State']): Termination | undefined {
  const finishedAt = dateOf(state.FinishedAt)
  if (finishedAt === undefined && state.Status !== 'exited' && state.Status !== 'dead') return undefined
  const startedAt = dateOf(state.StartedAt)
  return termination(state.ExitCode, {
    // Of a program that ended at once the engine learns the end before it notes the start.
    startedAt: startedAt && finishedAt && startedAt > finishedAt ? undefined : startedAt,
    finishedAt,
    reason: state.OOMKilled ? 'OOMKilled' : state.Error || undefined,
  })
}

function signalName(number: number): string | undefined {
  const { signals } = process.getBuiltinModule('node:os').constants
  return Object.entries(signals).find(([, value]) => value === number)?.[0]
}

function startFailure(ref: string, main: ContainerInspect) {
  if (main.State.Status !== 'created' || main.State.Error === '') return undefined
  return mapStartFailure(main.State.Error, { ref: containerName(ref), image: main.Config.Image })
}

function labelsOf(container: ContainerInspect) {
  return container.Config.Labels ?? {}
}
