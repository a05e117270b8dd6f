import type { TimelineSpan } from '../contract/timeline.ts'
import { buildPhases, UNATTRIBUTED } from './build-phases.ts'
import type { ClockBounds } from './clock-bounds.ts'
import type { KnownMark } from './known-mark.ts'
import { placeMarks } from './place-marks.ts'
import { type SolvedMarks, solveMarks } from './solve-marks.ts'
import type { TimeBase } from './time-base.ts'

export interface SidecarOptions {
  readonly time: TimeBase
  readonly clocks: ClockBounds
  /** The main container's solution: what it found of the clocks holds for the sidecars, too. */
  readonly path: SolvedMarks
  /** Up to which width marks are pinned. */
  readonly widest: number
}

/**
 * What another container of the group went through beside the path. It is solved on its own, so that contradictory evidence of a
 * sidecar costs the main container nothing.
 */
export function sidecarSpans(
  container: string,
  marks: readonly KnownMark[],
  { time, clocks, path, widest }: SidecarOptions,
): TimelineSpan[] {
  // On the path's rung, or below. Where its declared skews had to go, what its closure tells of the clocks still holds.
  const first = path.rung === 'free-clocks' ? 'declared' : path.rung
  const known = path.rung === 'declared' ? clocks : FREE
  const solution = solveMarks({ marks, time, clocks: learnedFrom(path, known), probeConnects: false }, first)
  const placed = placeMarks(marks, solution, widest)
  return buildPhases(placed, { solution, widest })
    .filter(({ from, name }) => from !== 'requested' && name !== UNATTRIBUTED)
    .map(({ name, start, end, sources }) => ({ name, container, start, end, sources }))
}

const FREE: ClockBounds = { skew: () => undefined, offset: () => undefined, contradictory: () => false }

function learnedFrom(path: SolvedMarks, clocks: ClockBounds): ClockBounds {
  return {
    ...clocks,
    offset(machine, from, to) {
      const known = clocks.offset(machine, from, to)
      const learned = path.offset(machine, from, to)
      if (known === undefined || learned === undefined) return learned ?? known
      return {
        earliest: Math.max(known.earliest, learned.earliest),
        latest: Math.min(known.latest, learned.latest),
      }
    },
  }
}
