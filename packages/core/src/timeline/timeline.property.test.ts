import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DateSample, Evidence } from '../contract/evidence.ts'
import { MARKS } from '../contract/mark.ts'
import type { Timeline } from '../contract/timeline.ts'
import { pinnedWidth } from './place-marks.ts'
import type { ReadinessBounds } from './readiness-bounds.ts'
import { TimelineRecorder } from './timeline-recorder.ts'

const NOON = Date.UTC(2026, 3, 5, 12)
const REQUESTED = 1_000.123

const mark = fc.constantFrom(...MARKS)
const container = fc.constantFrom(undefined, 'main', 'proxy')
const instant = fc.double({ min: 0, max: 100_000, noNaN: true })
const span = fc.double({ min: 0, max: 5_000, noNaN: true })

/** Whatever an adapter may say, true or not. */
const sighting = fc.tuple(mark, container, instant, span, fc.constantFrom('both', 'earliest', 'latest')).map(
  ([name, of, earliest, width, sides]): Evidence => ({
    kind: 'sighting',
    mark: name,
    container: of,
    source: 'answer',
    earliest: sides === 'latest' ? undefined : earliest,
    latest: sides === 'earliest' ? undefined : earliest + width,
  }),
)
const stamp = fc
  .tuple(
    mark,
    container,
    fc.integer({ min: -40, max: 140 }),
    fc.constantFrom('front-end', 'node', 'engine', 'client'),
  )
  .map(
    ([name, of, second, machine]): Evidence => ({
      kind: 'stamp',
      mark: name,
      container: of,
      source: 'stamp',
      machine,
      timeInMicros: (NOON + second * 1_000) * 1_000,
      resolutionInMicros: machine === 'engine' ? 1 : 1_000_000,
      side: second % 7 === 0 ? 'upper' : undefined,
    }),
  )
const date = fc.tuple(instant, fc.integer({ min: -40, max: 140 })).map(
  ([sentAt, second]): DateSample => ({
    machine: 'front-end',
    sentAt,
    receivedAt: sentAt + 50,
    date: new Date(NOON + second * 1_000).toUTCString(),
  }),
)
const bounds = fc.tuple(instant, fc.option(span), fc.option(span), fc.boolean()).map(
  ([upper, below, inferred, unsteady]): ReadinessBounds => ({
    upper,
    lower: below === null || unsteady ? undefined : upper - below,
    inferred: inferred === null ? undefined : upper - inferred,
    unsteady,
  }),
)
const story = fc.record({
  evidence: fc.array(fc.oneof(sighting, stamp), { maxLength: 25 }),
  dates: fc.array(date, { maxLength: 4 }),
  ready: fc.option(bounds),
  skewInMs: fc.constantFrom(undefined, 0, 50, 30_000),
  connects: fc.boolean(),
})

function tell(given: typeof story extends fc.Arbitrary<infer Story> ? Story : never): Timeline {
  const recorder = new TimelineRecorder({
    requestedAt: REQUESTED,
    mainContainer: 'main',
    wallOriginInMs: NOON,
    clocks: { node: { skewInMs: given.skewInMs }, engine: { against: 'node', skewInMs: given.skewInMs } },
  })
  for (const evidence of given.evidence) recorder.add(evidence, 110_000)
  for (const sample of given.dates) recorder.addDate(sample)
  if (given.ready !== null) recorder.detected(given.ready, { source: 'probe', connects: given.connects })
  return recorder.timeline
}

test('whatever is said, the phases join without gap and sum to the total in whole microseconds', () => {
  fc.assert(
    fc.property(story, (given) => {
      const { phases, total, marks } = tell(given)
      let end = 0
      for (const phase of phases) {
        expect(phase.start).toBe(end)
        expect(phase.duration).toBe(phase.end - phase.start)
        expect(phase.duration).toBeGreaterThanOrEqual(0)
        for (const figure of [phase.start, phase.end, phase.atLeast, phase.atMost])
          expect(Number.isSafeInteger(figure)).toBe(true)
        end = phase.end
      }
      if (total !== undefined) expect(phases.reduce((sum, { duration }) => sum + duration, 0)).toBe(total)
      if (given.ready !== null) {
        expect(total).toBe(Math.max(0, Math.round((given.ready.upper - REQUESTED) * 1_000)))
        expect(phases.at(-1)?.to).toBe('detected')
      } else {
        const pinned = marks.filter((one) => one.pinned && one.name !== 'stopped' && one.name !== 'removed')
        expect(end).toBe(pinned.at(-1)?.at)
      }
    }),
    { numRuns: 1_000, seed: 1 },
  )
})

test('a phase stands between pinned marks, or is as narrow as one, within its own bounds; what is unattributed names what it contains', () => {
  fc.assert(
    fc.property(story, (given) => {
      const timeline = tell(given)
      const widest = pinnedWidth(timeline.total ?? Number.POSITIVE_INFINITY)
      for (const { name, from, to, duration, atLeast, atMost, contains } of timeline.phases) {
        const isPinned = [from, to].every((end) => end === 'detected' || timeline.mark(end)?.pinned)
        if (name !== 'unattributed') expect(isPinned || atMost - atLeast <= widest).toBe(true)
        if (isPinned && name === 'unattributed') expect(contains.length).toBeGreaterThanOrEqual(2)
        expect(atLeast).toBeLessThanOrEqual(duration)
        expect(atMost).toBeGreaterThanOrEqual(duration)
        expect(name === 'unattributed' ? contains.length >= 1 : contains.length === 0).toBe(true)
      }
    }),
    { numRuns: 1_000, seed: 2 },
  )
})

test('marks come in the order of their points, each within its interval, in whole microseconds', () => {
  fc.assert(
    fc.property(story, (given) => {
      const { marks } = tell(given)
      for (const [index, one] of marks.entries()) {
        expect(one.at).toBeGreaterThanOrEqual(marks[index - 1]?.at ?? 0)
        expect(one.earliest).toBeLessThanOrEqual(one.at)
        expect(one.at).toBeLessThanOrEqual(one.latest)
        for (const figure of [one.at, one.earliest, one.latest])
          expect(Number.isSafeInteger(figure)).toBe(true)
      }
      expect(marks[0]?.name).toBe('requested')
      expect(new Set(marks.map(({ name }) => name)).size).toBe(marks.length)
    }),
    { numRuns: 500, seed: 3 },
  )
})

test('the order in which the true evidence of a start comes changes nothing', () => {
  const steps = ['scheduled', 'pull-started', 'pull-ended', 'created', 'started'] as const
  const truths = fc.array(fc.double({ min: 1, max: 5_000, noNaN: true }), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(truths, fc.infiniteStream(fc.double({ min: 0, max: 900, noNaN: true })), (gaps, noise) => {
      let now = REQUESTED
      const evidence = steps.flatMap((name, index): Evidence[] => {
        now += gaps[index] ?? 0
        const [below = 0, above = 0] = [noise.next().value, noise.next().value]
        const timeInMicros = Math.floor((NOON + now + 5_000) / 1_000) * 1_000_000
        return [
          { kind: 'sighting', mark: name, source: 'answer', earliest: now - below, latest: now + above },
          {
            kind: 'stamp',
            mark: name,
            source: 'stamp',
            machine: 'node',
            timeInMicros,
            resolutionInMicros: 1_000_000,
          },
        ]
      })
      const told = (order: Evidence[]) =>
        tell({ evidence: order, dates: [], ready: null, skewInMs: undefined, connects: true })
      const forwards = told(evidence)
      const backwards = told(evidence.toReversed())
      const places = (timeline: Timeline) =>
        timeline.marks.map(({ name, earliest, latest }) => [name, earliest, latest])
      expect(places(backwards)).toEqual(places(forwards))
      expect(forwards.assumptions).toBe('declared')
    }),
    { numRuns: 200, seed: 4 },
  )
})
