import type { ContainerObservation, Evidence, Instant, Observation } from '@berth/core'
import { fileCopierOf, MAIN } from './aci-names.ts'
import { eventStamps, seenBy, stateStamps } from './aci-stamps.ts'
import type { Container, ContainerGroup, Operation } from './arm/container-group.ts'
import { findAciFailure } from './find-aci-failure.ts'
import { addressOf, mapAciAddresses } from './map-aci-addresses.ts'
import { countedState, mapAciContainer } from './map-aci-container.ts'
import { mapAciEvent } from './map-aci-event.ts'

export interface SeenGroup {
  readonly ref: string
  readonly group: ContainerGroup
  readonly receivedAt: Instant
  /** The kind of answer it is from, for the timeline's reader. */
  readonly source: string
  /** What became of the creating call, where it was asked. */
  readonly operation?: Operation | undefined
  /** When this process told it to stop, having just seen it run. */
  readonly stopOrderedAt?: Instant | undefined
}

/** The states in which a place has not been found yet. */
const UNPLACED: ReadonlySet<string> = new Set(['Pending', 'Accepted', 'NotSpecified', ''])

/** A group as it was seen: whole where it was asked for by itself, without the states of its containers where it stood in a list. */
export function mapAciState({
  ref,
  group,
  receivedAt,
  source,
  operation,
  stopOrderedAt,
}: SeenGroup): Observation {
  const { containers, initContainers = [], instanceView, ipAddress } = group.properties
  const members = [...initContainers, ...containers].filter(({ name }) => fileCopierOf(name) === undefined)
  const states = members.flatMap((container): [string, ContainerObservation][] => {
    const state = mapAciContainer(container, group)
    return state ? [[container.name, state]] : []
  })
  const observed = Object.fromEntries(states)
  const phase = phaseOf(group, observed)
  const location = group.location
  return {
    ref,
    phase,
    containers: observed,
    addresses: phase === 'stopped' ? [] : mapAciAddresses(ipAddress),
    events: [
      ...(instanceView?.events ?? []).map((event) => mapAciEvent(event)),
      ...[...initContainers, ...containers].flatMap(({ name, properties }) =>
        (properties.instanceView?.events ?? []).map((event) => mapAciEvent(event, name)),
      ),
    ],
    evidence: [
      ...(phase === 'pending' ? [] : [seenBy('scheduled', receivedAt, source)]),
      ...(addressOf(ipAddress) ? [seenBy('addressed', receivedAt, source)] : []),
      ...containers.flatMap((container) => containerEvidence(container, phase === 'stopped')),
      ...(isBilledNoMore(group)
        ? [{ ...seenBy('stopped', receivedAt, source), earliest: stopOrderedAt }]
        : []),
    ],
    failure: findAciFailure(group, { ref, location, image: imageOf(group) }, operation),
  }
}

/** What the image of the main container is. */
export function imageOf(group: ContainerGroup): string | undefined {
  return mainOf(group)?.properties.image
}

export function mainOf({ properties }: ContainerGroup): Container | undefined {
  return properties.containers.find(({ name }) => name === MAIN) ?? properties.containers[0]
}

/** Whether the group will not run again by itself. */
export function hasEnded(group: ContainerGroup): boolean {
  const state = group.properties.instanceView?.state
  if (state === 'Stopped') return true
  const { restartPolicy } = group.properties
  const main = mainOf(group)
  const counted = main && countedState(main, group)
  if (counted?.state !== 'Terminated') return false
  return restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && counted.exitCode === 0)
}

function phaseOf(
  group: ContainerGroup,
  containers: Readonly<Record<string, ContainerObservation>>,
): Observation['phase'] {
  if (hasEnded(group)) return 'stopped'
  const hasBegun =
    Object.values(containers).some(({ state }) => state === 'running' || state === 'terminated') ||
    [...group.properties.containers, ...(group.properties.initContainers ?? [])].some(
      ({ properties }) => (properties.instanceView?.events?.length ?? 0) > 0,
    )
  return hasBegun || !UNPLACED.has(group.properties.provisioningState ?? '') ? 'placed' : 'pending'
}

/** Of the containers proper: an init container's pull and start are not the run's. */
function containerEvidence({ name, properties }: Container, isLast: boolean): Evidence[] {
  const { events = [], currentState, previousState, restartCount = 0 } = properties.instanceView ?? {}
  const isFirst = restartCount === 0 && previousState?.state === undefined
  return [
    ...events.flatMap((event) => eventStamps(event, name)),
    ...stateStamps(currentState, name, { isFirst, isLast }),
  ]
}

/** The service bills until every container of the group has stopped. */
function isBilledNoMore({ properties }: ContainerGroup): boolean {
  const { instanceView, containers } = properties
  if (instanceView?.state === 'Stopped') return true
  return (
    (instanceView?.state === 'Succeeded' || instanceView?.state === 'Failed') &&
    properties.restartPolicy === 'Never' &&
    containers.every((container) => container.properties.instanceView?.currentState?.state === 'Terminated')
  )
}
