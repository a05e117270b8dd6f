import type { ClockDeclaration, Evidence, Instant, Mark } from '@berth/core'
import type { ObjectEvent } from './cluster/object-event.ts'
import { type ClusterTime, parseClusterTime } from './kubernetes-time.ts'

/** The API servers, which answer calls, stamp orders and bindings, and write the `Date` of each answer. */
export const FRONT_END = 'front-end'
/** The node that runs the Pod, which stamps what happens to its containers. */
const NODE = 'node'

export const KUBERNETES_CLOCKS: Readonly<Record<string, ClockDeclaration>> = {
  // Several servers may answer under one name, each with a clock that its time service keeps.
  [FRONT_END]: { skewInMs: 100 },
  // Nobody says how far it is from theirs: only differences between its own stamps count.
  [NODE]: {},
}

/**
 * A runtime notes a start when it hears of it: the program may have run a moment before, or begin a moment after (up to 75 ms on a busy machine;
 * `kubernetes-coverage`, 2026-11-26).
 */
const START_HEARD_OF = { beforeInMicros: 150_000, afterInMicros: 100_000 }

/** The event comes a moment after its figure was taken: more than 20 ms on a busy node (`kubernetes-coverage`, 2026-11-26). */
const FIGURE_HEARD_OF_IN_MICROS = 200_000
/** And a figure is no finer than this, whichever way it was rounded. */
const FIGURE_CUT_TO_MICROS = 1_000

const MARK_OF: Readonly<Record<string, Mark>> = {
  Pulling: 'pull-started',
  Pulled: 'pull-ended',
  Created: 'created',
  Started: 'started',
}

/** A stamp of the cluster, with the width that its writing leaves open. */
function stamp(
  mark: Mark,
  source: string,
  time: ClusterTime | undefined,
  machine: string,
  more: Pick<Evidence & { kind: 'stamp' }, 'container' | 'side' | 'lateInMicros'> = {},
): Evidence[] {
  if (time === undefined) return []
  return [
    {
      ...more,
      kind: 'stamp',
      mark,
      source,
      timeInMicros: time.inMicros,
      resolutionInMicros: time.resolutionInMicros,
      machine,
    },
  ]
}

/** When a container's first instance started, by its state. */
export function startedStamp(startedAt: string | null | undefined, container: string): Evidence[] {
  const time = parseClusterTime(startedAt)
  if (time === undefined) return []
  const { beforeInMicros, afterInMicros } = START_HEARD_OF
  const widened = {
    inMicros: time.inMicros - beforeInMicros,
    resolutionInMicros: time.resolutionInMicros + beforeInMicros + afterInMicros,
  }
  return stamp('started', 'state startedAt', widened, NODE, { container, lateInMicros: afterInMicros })
}

/** A container's state tells that it runs. */
export function startedSighting(receivedAt: Instant, container: string): Evidence {
  return seenBy('started', receivedAt + START_HEARD_OF.afterInMicros / 1_000, 'pod state', container)
}

/** When a container ended, by its state. */
export function exitedStamp(finishedAt: string | null | undefined, container: string): Evidence[] {
  return stamp('exited', 'state finishedAt', parseClusterTime(finishedAt), NODE, { container })
}

/** When the API server took the order. */
export function acceptedStamp(creationTimestamp: string | undefined): Evidence[] {
  return stamp('accepted', 'creationTimestamp', parseClusterTime(creationTimestamp), FRONT_END)
}

/** When the API server wrote down which node it goes to. */
export function scheduledStamp(lastTransitionTime: string | undefined): Evidence[] {
  return stamp('scheduled', 'condition PodScheduled', parseClusterTime(lastTransitionTime), FRONT_END)
}

/** It had happened by the time an answer told of it. */
export function seenBy(mark: Mark, receivedAt: Instant, source: string, container?: string): Evidence {
  return { kind: 'sighting', mark, latest: receivedAt, source, ...(container !== undefined && { container }) }
}

/** What an event of a container tells. An image that was there already was not pulled. */
export function eventStamps(event: ObjectEvent, container: string | undefined): Evidence[] {
  const { reason = '', message = '', count = 1 } = event
  const mark = MARK_OF[reason]
  const time = timeOfEvent(event)
  if (mark === undefined || time === undefined || container === undefined) return []
  if (reason === 'Pulled' && !/^Successfully pulled/.test(message)) return []
  // What is told of a start only bounds it from above.
  const isUpper = count > 1 || mark === 'started'
  const side = isUpper ? { side: 'upper' as const } : {}
  const late = mark === 'started' ? { lateInMicros: START_HEARD_OF.afterInMicros } : {}
  return [
    ...stamp(mark, `event ${reason}`, mark === 'started' ? heardOf(time) : time, NODE, {
      container,
      ...side,
      ...late,
    }),
    ...(reason === 'Pulled' && count === 1 ? pullFigure(message, time, container) : []),
  ]
}

/** By when the program runs whose start an event tells of. */
function heardOf({ inMicros, resolutionInMicros }: ClusterTime): ClusterTime {
  return { inMicros, resolutionInMicros: resolutionInMicros + START_HEARD_OF.afterInMicros }
}

/** `Successfully pulled image "x" in 796ms (1.594s including waiting)`: what it took, to the millisecond, with the wait for other pulls. */
function pullFigure(message: string, end: ClusterTime, container: string): Evidence[] {
  const [, took, whole] = /\bin ([\dhmsµun.]+)(?: \(([\dhmsµun.]+) including waiting\))?/.exec(message) ?? []
  const inMicros = parseGoDuration(whole ?? took)
  if (inMicros === undefined) return []
  const begun = {
    inMicros: Math.round(end.inMicros - inMicros - FIGURE_HEARD_OF_IN_MICROS),
    resolutionInMicros: end.resolutionInMicros + FIGURE_HEARD_OF_IN_MICROS + FIGURE_CUT_TO_MICROS,
  }
  return stamp('pull-started', 'event Pulled figure', begun, NODE, { container })
}

/** `1m2.5s`, `796.3ms`, in microseconds. */
export function parseGoDuration(text: string | undefined): number | undefined {
  const UNITS = { h: 3.6e9, m: 6e7, s: 1e6, ms: 1e3, us: 1, µs: 1, ns: 1e-3 } as const
  const parts = [...(text ?? '').matchAll(/([\d.]+)(h|ms|m|s|us|µs|ns)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined
  return parts.reduce((sum, [, value, unit]) => sum + Number(value) * UNITS[unit as keyof typeof UNITS], 0)
}

/**
 * When an event happened. Reporters name their events by their clock, in nanoseconds (`web-1.18a3f0…`), which tells more than the second that they
 * write down; the name is believed only where it lies within that second.
 */
export function timeOfEvent({ metadata, firstTimestamp, eventTime }: ObjectEvent): ClusterTime | undefined {
  const written = parseClusterTime(eventTime) ?? parseClusterTime(firstTimestamp)
  if (written === undefined || written.resolutionInMicros === 1) return written
  const hex = /\.([0-9a-f]{16})$/.exec(metadata.name)?.[1]
  const named = hex === undefined ? Number.NaN : Number(BigInt(`0x${hex}`) / 1_000n)
  const isWithin = named >= written.inMicros && named < written.inMicros + written.resolutionInMicros
  return isWithin ? { inMicros: named, resolutionInMicros: 1 } : written
}
