import type { Mark } from '../contract/mark.ts'
import type { TimelineMark } from '../contract/timeline.ts'
import type { KnownMark } from './known-mark.ts'
import { usualPlace } from './mark-order.ts'
import type { SolvedMarks } from './solve-marks.ts'

const MOST_WIDTH_IN_MICROS = 2_500_000
const LEAST_WIDTH_IN_MICROS = 50_000
const MOST_SHARE_OF_TOTAL = 0.25

/**
 * The width up to which a mark may stand at the edge of a phase, for a start of that length. Wider ones would make phases up that
 * were not (a phase at twice its truth in every other start).
 */
export function pinnedWidth(totalInMicros: number): number {
  return Math.min(MOST_WIDTH_IN_MICROS, Math.max(LEAST_WIDTH_IN_MICROS, MOST_SHARE_OF_TOTAL * totalInMicros))
}

/** What is particular about `ready`, which comes from probes. */
export interface ReadyFlags {
  readonly unsteady: boolean
  /** A lower bound in microseconds that rests on silent probes; it is shown where nothing better is known, and nothing builds on it. */
  readonly inferred: number | undefined
}

/** `requested`, exact by definition. */
const REQUESTED: TimelineMark = {
  name: 'requested',
  at: 0,
  earliest: 0,
  latest: 0,
  pinned: true,
  flags: [],
  sources: ['call'],
}

/**
 * The marks with their intervals, points and pins, in the order of their points.
 *
 * The lower ends of all intervals together satisfy every constraint, and so do the upper ends; hence the midpoints do, and keep the
 * marks' order. Rounding down keeps it too, as all bounds are integers.
 */
export function placeMarks(
  marks: readonly KnownMark[],
  solution: SolvedMarks,
  widest: number,
  ready?: ReadyFlags,
): TimelineMark[] {
  const placed = marks.map(({ mark, sources }): TimelineMark => {
    const earliest = solution.atLeast('requested', mark)
    const latest = solution.atMost('requested', mark)
    const narrow = latest - earliest <= widest
    if (mark !== 'ready' || ready === undefined)
      return timelineMark(mark, earliest, latest, narrow, [], sources)
    if (ready.unsteady) return timelineMark(mark, earliest, latest, false, ['unsteady'], sources)
    const inferred = Math.min(ready.inferred ?? 0, latest)
    if (narrow || inferred <= earliest) return timelineMark(mark, earliest, latest, narrow, [], sources)
    return timelineMark(mark, inferred, latest, false, ['inferred'], sources)
  })
  return [REQUESTED, ...placed].sort(
    (one, other) => one.at - other.at || usualPlace(one.name) - usualPlace(other.name),
  )
}

function timelineMark(
  name: Mark,
  earliest: number,
  latest: number,
  pinned: boolean,
  flags: TimelineMark['flags'],
  sources: readonly string[],
): TimelineMark {
  return { name, at: Math.floor((earliest + latest) / 2), earliest, latest, pinned, flags, sources }
}
