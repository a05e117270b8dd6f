import type { ContainerObservation, Evidence, Instant, Observation } from '@berth/core'
import type { ObjectEvent } from './cluster/object-event.ts'
import type { ContainerStatus, Pod } from './cluster/pod.ts'
import { findKubernetesFailure } from './find-kubernetes-failure.ts'
import type { PodView } from './kubernetes-host.ts'
import {
  acceptedStamp,
  eventStamps,
  exitedStamp,
  scheduledStamp,
  seenBy,
  startedSighting,
  startedStamp,
} from './kubernetes-stamps.ts'
import { podAddresses } from './map-kubernetes-addresses.ts'
import { mapContainer } from './map-kubernetes-container.ts'
import { containerOf, mapKubernetesEvent } from './map-kubernetes-event.ts'
import { mainHasEnded, statusesOf } from './pod-state.ts'

/** What else is known of a Pod when its state is told. */
export interface PodContext {
  readonly view: PodView
  /** When the answer came that told of it. */
  readonly receivedAt: Instant
  readonly events?: readonly ObjectEvent[] | undefined
  /** How long it may be without a place. */
  readonly unschedulableAfterMs: number
}

/** The state of a run by its Pod. */
export function mapKubernetesState(ref: string, pod: Pod, context: PodContext): Observation {
  const { view, events = [] } = context
  const addresses = podAddresses(pod)
  const sorted = [...events].sort((one, other) => timeOrder(one) - timeOrder(other))
  return {
    ref,
    phase: phaseOf(pod),
    containers: Object.fromEntries(
      statusesOf(pod).map((status) => [status.name, mapContainer(status, healthOf(pod, status, view))]),
    ),
    addresses: addresses.length > 0 ? addresses : view.outsideAddresses,
    events: sorted.map(mapKubernetesEvent),
    evidence: [
      ...podEvidence(pod, context.receivedAt),
      ...events.flatMap((event) => eventStamps(event, containerOf(event))),
    ],
    failure: findKubernetesFailure(ref, pod, context),
  }
}

/** The state of a run that is not there any more. */
export function goneState(ref: string): Observation {
  return { ref, phase: 'gone', containers: {}, addresses: [], events: [], evidence: [] }
}

function phaseOf(pod: Pod): Observation['phase'] {
  if (mainHasEnded(pod)) return 'stopped'
  return pod.spec.nodeName ? 'placed' : 'pending'
}

/** Kubernetes only says whether it is well now. */
function healthOf(
  { spec }: Pod,
  { name, ready }: ContainerStatus,
  { healthy }: PodView,
): ContainerObservation['health'] {
  const container = [...spec.containers, ...(spec.initContainers ?? [])].find((each) => each.name === name)
  if (container?.readinessProbe === undefined) return undefined
  if (ready) {
    healthy.add(name)
    return 'healthy'
  }
  return healthy.has(name) ? 'unhealthy' : 'starting'
}

function podEvidence(pod: Pod, receivedAt: Instant): Evidence[] {
  const { metadata, spec, status } = pod
  const scheduled = status?.conditions?.find(
    ({ type, status: is }) => type === 'PodScheduled' && is === 'True',
  )
  return [
    ...acceptedStamp(metadata.creationTimestamp),
    ...(spec.nodeName ? [seenBy('scheduled', receivedAt, 'pod nodeName')] : []),
    ...scheduledStamp(scheduled?.lastTransitionTime),
    ...(status?.podIP ? [seenBy('addressed', receivedAt, 'pod podIP')] : []),
    ...statusesOf(pod).flatMap((container) => containerEvidence(container, receivedAt)),
  ]
}

/** A mark is the first time: of a container that was started again its newest start says nothing. */
function containerEvidence(
  { name, restartCount, state = {} }: ContainerStatus,
  receivedAt: Instant,
): Evidence[] {
  const { running, terminated } = state
  const startedAt = running?.startedAt ?? terminated?.startedAt
  const hasRun = running !== undefined || terminated?.startedAt != null
  return [
    ...(hasRun ? [startedSighting(receivedAt, name)] : []),
    ...(restartCount === 0 ? startedStamp(startedAt, name) : []),
    ...(terminated && restartCount === 0
      ? [...exitedStamp(terminated.finishedAt, name), seenBy('exited', receivedAt, 'pod state', name)]
      : []),
  ]
}

function timeOrder({ firstTimestamp, eventTime, lastTimestamp }: ObjectEvent): number {
  return Date.parse(lastTimestamp ?? eventTime ?? firstTimestamp ?? '') || 0
}
