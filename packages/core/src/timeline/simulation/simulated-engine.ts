import type { Mark } from '../../contract/mark.ts'
import { readinessBounds } from '../readiness-bounds.ts'
import { TimelineRecorder } from '../timeline-recorder.ts'
import type { Random } from './random.ts'
import { probe, read, type SimulatedClock, type SimulatedStart, WALL_ORIGIN } from './simulated-cloud.ts'

/**
 * One start on an Engine: its events carry nanosecond stamps of a clock that nobody knows, its answers tell between which instants
 * the same things happened. `ahead` is how long the event loop lets an answer wait.
 */
export function simulateEngineStart(random: Random, aheadInMs = 3): SimulatedStart {
  const requestedAt = random.between(0, 60_000)
  const clock: SimulatedClock = {
    offsetInMs: random.between(-30_000, 30_000),
    drift: random.between(-50e-6, 50e-6),
  }
  const recorder = new TimelineRecorder({ requestedAt, wallOriginInMs: WALL_ORIGIN, clocks: { engine: {} } })
  const truth = new Map<Mark, number>()
  let now = requestedAt + random.between(0.1, 1)

  const step = (mark: Mark, beforeInMs: number, behindInMs: number, source: string, window: boolean) => {
    const sentAt = now
    const instant = sentAt + random.between(0.2, beforeInMs)
    now = instant + random.between(0.2, behindInMs) + random.between(0, aheadInMs)
    truth.set(mark, (instant - requestedAt) * 1000)
    const timeInMicros = Math.floor(read(clock, instant) * 1000)
    const stamp = {
      kind: 'stamp',
      mark,
      machine: 'engine',
      source: `event ${mark}`,
      timeInMicros,
      resolutionInMicros: 1,
    } as const
    recorder.add(stamp, now)
    if (window) recorder.add({ kind: 'sighting', mark, source, earliest: sentAt, latest: now })
  }
  step('pull-started', 2, 5, 'pull answer', false)
  step('pull-ended', random.between(100, 3_000), 2, 'pull answer', false)
  step('created', 8, 2, 'create answer', true)
  step('started', 180, 30, 'start answer', true)
  const startedAt = requestedAt + (truth.get('started') ?? 0) / 1000
  const readyAt = startedAt + random.between(0, 300)
  truth.set('ready', (readyAt - requestedAt) * 1000)
  const bounds = readinessBounds(probe(random, now, readyAt))
  if (bounds !== undefined) recorder.detected(bounds, { source: 'http probe' })
  return { timeline: recorder.timeline, truth }
}
