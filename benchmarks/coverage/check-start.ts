import type { Mark, Timeline } from '@berth/core'
import type { Truth } from '../truth/read-truth.ts'

/** What the engine noted of a start, by the wall clock in microseconds. */
export interface EngineWord {
  readonly created: number | undefined
  readonly pullEnded: number | undefined
}

/** One mark of one start against the truth. All in microseconds since `requested`. */
export interface CheckedMark {
  readonly mark: Mark
  readonly earliest: number
  readonly latest: number
  readonly at: number
  /** The truth is an instant between two stamps; undefined where none is known. */
  readonly truth: readonly [from: number, to: number] | undefined
}

/**
 * A start's marks beside the truth of each that has one.
 *
 * @param requestedAt when `run()` was called, by CLOCK_MONOTONIC in microseconds
 */
export function checkMarks(
  timeline: Timeline,
  requestedAt: number,
  truth: Truth,
  engine: EngineWord,
): readonly CheckedMark[] {
  const sinceRequested = (instant: number) => instant - requestedAt
  const instant = (at: number) => [sinceRequested(at), sinceRequested(at)] as const
  const engineInstant = (at: number | undefined) =>
    at === undefined ? undefined : instant(at - truth.wallOffset)
  const truths: Partial<Record<Mark, readonly [number, number] | undefined>> = {
    'pull-ended': engineInstant(engine.pullEnded),
    created: engineInstant(engine.created),
    started: instant(truth.main),
    // The kernel takes a connection from listen(2) on; the program learns of it by accept(2).
    connected: [sinceRequested(truth.listen), sinceRequested(truth.accepted)],
    ready: [sinceRequested(truth.listen), sinceRequested(truth.listening)],
  }
  return timeline.marks.map(({ name, earliest, latest, at }) => ({
    mark: name,
    earliest,
    latest,
    at,
    truth: truths[name],
  }))
}

/** Whether the mark's interval and the truth's have an instant in common. A microsecond goes to rounding. */
export function holds({ earliest, latest, truth }: CheckedMark): boolean {
  return truth !== undefined && truth[0] <= latest + 1 && truth[1] >= earliest - 1
}

/** Whether the phases lie edge to edge from 0 to the total. */
export function sumsExactly({ phases, total }: Timeline): boolean {
  let end = 0
  for (const phase of phases) {
    if (phase.start !== end || phase.duration !== phase.end - phase.start || phase.duration < 0) return false
    end = phase.end
  }
  return total !== undefined && end === total
}
