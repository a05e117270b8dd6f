import type { ClockDeclaration, Evidence } from '../../contract/evidence.ts'
import type { Mark } from '../../contract/mark.ts'
import type { Timeline } from '../../contract/timeline.ts'
import { TimelineRecorder } from '../timeline-recorder.ts'

/** Wall time of instant 0, and of `requested`. */
export const NOON = Date.UTC(2026, 3, 5, 12)
/** How the tests find readiness. */
export const PROBE = { source: 'http probe' }

/** A recorder of a start that was requested at instant 0, with a container called `main`. */
export function recorder(clocks: Record<string, ClockDeclaration> = {}): TimelineRecorder {
  return new TimelineRecorder({ requestedAt: 0, mainContainer: 'main', clocks, wallOriginInMs: NOON })
}

/** Seen between two instants, in milliseconds since requested. */
export function within(
  mark: Mark,
  earliest: number | undefined,
  latest: number,
  container?: string,
): Evidence {
  return { kind: 'sighting', mark, container, source: `saw ${mark}`, earliest, latest }
}

/** Stamped in whole seconds since requested, by a machine that shares our time unless the test says otherwise. */
export function seconds(mark: Mark, second: number, machine = 'node', container?: string): Evidence {
  const timeInMicros = NOON * 1000 + second * 1_000_000
  return {
    kind: 'stamp',
    mark,
    container,
    source: `stamp ${mark}`,
    machine,
    timeInMicros,
    resolutionInMicros: 1_000_000,
  }
}

/** Each phase as name, duration in milliseconds, and what it contains. */
export function phases(timeline: Timeline): [string, number, ...string[]][] {
  return timeline.phases.map(({ name, duration, contains }) => [name, duration / 1000, ...contains])
}

/** A mark's bounds in milliseconds. */
export function interval(timeline: Timeline, mark: Mark): [number, number] | undefined {
  const found = timeline.mark(mark)
  return found && [found.earliest / 1000, found.latest / 1000]
}
