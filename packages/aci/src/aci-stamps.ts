import type { ClockDeclaration, Evidence, Instant, Mark, SightingEvidence } from '@berth/core'
import { parseServiceTime, type ServiceTime } from './aci-time.ts'
import type { ContainerState, GroupEvent } from './arm/container-group.ts'

/** Who answers calls, stamps orders, and writes the `Date` of each answer. */
export const FRONT_END = 'front-end'
/** Where the containers run, which stamps what happens to them. */
const NODE = 'node'

export const ACI_CLOCKS: Readonly<Record<string, ClockDeclaration>> = {
  // Many machines answer under one name, each with a clock that its data centre keeps, and their servers write a Date that they renew once a second.
  [FRONT_END]: { skewInMs: 100, dateResolutionInMs: 2_000 },
  // Nobody says how far it is from the front end: only differences between its own stamps count.
  [NODE]: {},
}

const MARK_OF: Readonly<Record<string, Mark>> = {
  Pulling: 'pull-started',
  Pulled: 'pull-ended',
  Created: 'created',
  Started: 'started',
}

/** What one event of a container tells. */
export function eventStamps(event: GroupEvent, container: string): Evidence[] {
  const mark = MARK_OF[event.name ?? '']
  const time = parseServiceTime(event.firstTimestamp)
  if (mark === undefined || time === undefined) return []
  // The start itself is stamped by the container's state; its event is sent a moment later, which may be in the next second.
  const isUpper = (event.count ?? 1) > 1 || mark === 'started'
  return [
    {
      kind: 'stamp',
      mark,
      container,
      source: `event ${event.name}`,
      timeInMicros: time.inMicros,
      resolutionInMicros: time.resolutionInMicros,
      machine: NODE,
      ...(isUpper && { side: 'upper' as const }),
    },
  ]
}

/** What a container's state tells: of its first instance when it started, of its last when it ended. */
export function stateStamps(
  state: ContainerState | undefined,
  container: string,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): Evidence[] {
  const [startTime, finishTime] = [parseServiceTime(state?.startTime), parseServiceTime(state?.finishTime)]
  // Of a program that ended at once the end may be noted before the start.
  const isReversed =
    startTime !== undefined && finishTime !== undefined && startTime.inMicros > finishTime.inMicros
  const stamp = (mark: Mark, time: ServiceTime | undefined, source: string): Evidence[] => {
    if (time === undefined) return []
    return [
      {
        kind: 'stamp',
        mark,
        container,
        source,
        timeInMicros: time.inMicros,
        resolutionInMicros: time.resolutionInMicros,
        machine: NODE,
      },
    ]
  }
  return [
    ...(isFirst && !isReversed ? stamp('started', startTime, 'state startTime') : []),
    ...(isLast && state?.state === 'Terminated' ? stamp('exited', finishTime, 'state finishTime') : []),
  ]
}

/** The front end's stamp of the order. */
export function orderStamp(startTime: string | undefined): Evidence[] {
  const time = parseServiceTime(startTime)
  if (time === undefined) return []
  return [
    {
      kind: 'stamp',
      mark: 'accepted',
      source: 'operation startTime',
      timeInMicros: time.inMicros,
      resolutionInMicros: time.resolutionInMicros,
      machine: FRONT_END,
    },
  ]
}

/** What an answer shows was there by the time it was received; when it came to be it does not tell. */
export function seenBy(mark: Mark, receivedAt: Instant, source: string): SightingEvidence {
  return { kind: 'sighting', mark, latest: receivedAt, source }
}
