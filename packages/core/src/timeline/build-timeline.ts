import type { Mark } from '../contract/mark.ts'
import type { Timeline, TimelineClock, TimelineMark } from '../contract/timeline.ts'
import { buildPhases, guaranteedMinima } from './build-phases.ts'
import { CLIENT, type ClockBounds } from './clock-bounds.ts'
import type { ClockOffset } from './clock-offset.ts'
import type { KnownMark } from './known-mark.ts'
import { pinnedWidth, placeMarks } from './place-marks.ts'
import { sidecarSpans } from './sidecar-spans.ts'
import { type SolvedMarks, solveMarks } from './solve-marks.ts'
import type { TimeBase } from './time-base.ts'
import { timelineJson } from './timeline-json.ts'

/** Everything a recorder has gathered. */
export interface Recorded {
  readonly time: TimeBase
  /** Those of the main container and of the group, seen. */
  readonly path: readonly KnownMark[]
  /** Those of each other container, seen. */
  readonly sidecars: ReadonlyMap<string, readonly KnownMark[]>
  readonly clocks: ClockBounds
  readonly offsets: ReadonlyMap<string, ClockOffset>
  readonly detection?: Detection | undefined
}

/** What the readiness probe found. Microseconds since `requested`. */
interface Detection {
  readonly at: number
  readonly inferred: number | undefined
  readonly unsteady: boolean
  readonly probeConnects: boolean
}

/** Turns what was recorded into a timeline. */
export function buildTimeline({ time, path, sidecars, clocks, offsets, detection }: Recorded): Timeline {
  const total = detection?.at
  const solution = solveMarks({
    marks: path,
    time,
    clocks,
    detected: total,
    probeConnects: detection?.probeConnects ?? false,
  })
  const onPath = (name: Mark) => isOnPath(name, total !== undefined)
  const widest = pinnedWidth(total ?? latestPoint(path, solution, onPath))
  const marks = placeMarks(path, solution, widest, detection)
  const options = { solution, widest, total }
  const pathMarks = marks.filter(({ name }) => onPath(name))
  const timeline: Omit<Timeline, 'toJSON'> = {
    requestedAt: time.requestedDate,
    total,
    assumptions: solution.rung,
    marks,
    phases: buildPhases(pathMarks, options),
    minima: guaranteedMinima(pathMarks, options),
    spans: [...sidecars].flatMap(([container, known]) =>
      sidecarSpans(container, known, { time, clocks, path: solution, widest }),
    ),
    clocks: timelineClocks(path, offsets, clocks, solution),
    mark: (name: Mark): TimelineMark | undefined => marks.find((mark) => mark.name === name),
  }
  return { ...timeline, toJSON: () => timelineJson(timeline) }
}

/**
 * The marks between which phases stand. What comes after the first success is no part of a start; before it, an exit is: of a
 * container that was to end, or that failed to come up. Being stopped and removed is ours to do, and no start's time.
 */
function isOnPath(name: Mark, detected: boolean): boolean {
  return name !== 'stopped' && name !== 'removed' && !(detected && name === 'exited')
}

/** While there is no total, how far the start has come takes its place. */
function latestPoint(
  marks: readonly KnownMark[],
  solution: SolvedMarks,
  onPath: (name: Mark) => boolean,
): number {
  const points = marks
    .filter(({ mark }) => onPath(mark))
    .map(({ mark }) => (solution.atLeast('requested', mark) + solution.atMost('requested', mark)) / 2)
  return Math.max(0, ...points)
}

function timelineClocks(
  path: readonly KnownMark[],
  offsets: ReadonlyMap<string, ClockOffset>,
  clocks: ClockBounds,
  solution: SolvedMarks,
): TimelineClock[] {
  const stamping = path.flatMap(({ stamps }) => [...stamps].map(({ machine }) => machine))
  const machines = new Set([...offsets.keys(), ...stamping])
  machines.delete(CLIENT)
  return [...machines].map((machine): TimelineClock => {
    const contradictory = clocks.contradictory(machine)
    const offset =
      solution.offset(machine, 0, 0) ?? (contradictory ? undefined : clocks.offset(machine, 0, 0))
    const bounded = offset !== undefined && Number.isFinite(offset.earliest) && Number.isFinite(offset.latest)
    return {
      machine,
      offset: bounded ? offset : null,
      samples: offsets.get(machine)?.count ?? 0,
      contradictory,
    }
  })
}
