import type { ContainerObservation, Observation } from '@berth/core'
import { readContainer, readRole } from './docker-labels.ts'
import { MAIN } from './docker-names.ts'
import type { ContainerSummary } from './engine/index.ts'
import type { EngineLocation } from './engine-location.ts'
import { mapDockerAddresses } from './map-docker-addresses.ts'
import { phaseOf, termination } from './map-docker-state.ts'
import { findHolder, listedHolder } from './network-holder.ts'

/** The state of a run by the engine's list, which tells less than an inspection: no restarts, no exact times. */
export function mapDockerSummaries(
  ref: string,
  containers: readonly ContainerSummary[],
  location: EngineLocation,
): Observation {
  const members = containers.filter(({ Labels }) => readRole(Labels ?? {}) !== 'network')
  const holder = findHolder(containers, ({ Labels }) => Labels ?? {})
  const main = members.find(({ Labels }) => readContainer(Labels ?? {}) === MAIN)
  return {
    ref,
    phase: main ? phaseOf(main.State) : containers.length > 0 ? 'pending' : 'gone',
    containers: Object.fromEntries(
      members.map((container) => [readContainer(container.Labels ?? {}), mapSummary(container)]),
    ),
    addresses: mapDockerAddresses(holder && listedHolder(holder), location),
    events: [],
    evidence: [],
  }
}

/** The exit code and the health stand only in the text for people: `Exited (137) 2 minutes ago`, `Up 3 seconds (healthy)`. */
function mapSummary({ State, Status, ImageID }: ContainerSummary): ContainerObservation {
  const base = { restartCount: 0, imageDigest: ImageID }
  const exitCode = Number(/\((\d+)\)/.exec(Status)?.[1])
  const end = Number.isNaN(exitCode) ? undefined : termination(exitCode)
  const health = /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(
    Status,
  )?.[1] as ContainerObservation['health']
  switch (State) {
    case 'created':
      return { ...base, state: 'waiting', reason: 'created' }
    case 'restarting':
      return { ...base, state: 'waiting', reason: 'restarting', lastTermination: end }
    case 'running':
    case 'paused':
      return {
        ...base,
        state: 'running',
        ...(health && { health }),
        ...(State === 'paused' && { reason: 'paused' }),
      }
    default:
      return {
        ...base,
        state: 'terminated',
        reason: end?.reason,
        termination: end ?? { exitCode: undefined },
      }
  }
}
