import type { TimelineJson, TimelinePhase } from '@berth/core'
import { joinPhases } from './join-phases.ts'
import type { StartRecord } from './start-record.ts'

/** An edge of a bar: where it is drawn, and where it may be. In microseconds since `requested`. */
export interface BarEdge {
  readonly at: number
  readonly earliest: number
  readonly latest: number
}

/** One bar of a waterfall. */
export interface WaterfallRow {
  /** The phase's name; of a span, with the container that it is of. */
  readonly label: string
  readonly start: BarEdge
  readonly end: BarEdge
  /** Undefined for what ran beside the path to readiness, and is no part of the sum. */
  readonly phase: TimelinePhase | undefined
}

/** The bars of one start, from the top: its phases, then what ran beside them. */
export function waterfallRows({ timeline }: StartRecord): WaterfallRow[] {
  if (timeline === null) return []
  return [
    ...joinPhases(timeline).map((phase) => ({
      label: phase.name,
      start: edge(timeline, phase.from, phase.start),
      end: edge(timeline, phase.to, phase.end),
      phase,
    })),
    ...timeline.spans.map(({ name, container, start, end }) => ({
      label: `${container}: ${name}`,
      start: exact(start),
      end: exact(end),
      phase: undefined,
    })),
  ]
}

/** Where the common axis of these starts ends, in microseconds; at least 1, so that it has a length. */
export function axisEnd(records: readonly StartRecord[]): number {
  return Math.max(1, ...records.flatMap((record) => waterfallRows(record).map(({ end }) => end.at)))
}

function edge(timeline: TimelineJson, name: string, at: number): BarEdge {
  const mark = timeline.marks.find((mark) => mark.name === name)
  return mark === undefined ? exact(at) : { at, earliest: mark.earliest, latest: mark.latest }
}

function exact(at: number): BarEdge {
  return { at, earliest: at, latest: at }
}
