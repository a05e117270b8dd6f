import { describe, expect, test } from 'vitest'
import { type Figures, figures } from './figures.ts'
import { Random } from './random.ts'
import { type Scenario, type SimulatedStart, simulateStart } from './simulated-cloud.ts'
import { simulateEngineStart } from './simulated-engine.ts'

const STARTS = 400
const WITHIN_50_MS = { node: { skewInMs: 50 }, registry: { skewInMs: 50 } }

function simulate(scenario: Scenario, seed = 20_260_405): SimulatedStart[] {
  const random = new Random(seed)
  return Array.from({ length: STARTS }, () => simulateStart(random, scenario))
}

function onRung(result: Figures, rung: string): number {
  return Math.round((result.rungs[rung] ?? 0) * STARTS)
}

function expectExactSums(starts: readonly SimulatedStart[]): void {
  for (const { timeline } of starts) {
    const sum = timeline.phases.reduce((total, { duration }) => total + duration, 0)
    expect(sum).toBe(timeline.total)
  }
}

/** Where the assumptions hold, every true time lies in its interval. */
describe.each<[string, Scenario]>([
  ['declared skews', { clocks: WITHIN_50_MS, skewInMs: 50 }],
  ['declared skews, after 30 earlier answers', { clocks: WITHIN_50_MS, skewInMs: 50, seeds: 30 }],
  ['declared skews, an immediate API', { clocks: WITHIN_50_MS, skewInMs: 50, immediate: true }],
  ['free clocks', { clocks: {} }],
  ['free clocks, an immediate API', { clocks: {}, immediate: true }],
  ['states shown up to 3 s late', { clocks: WITHIN_50_MS, skewInMs: 50, lateInMs: 3_000 }],
])('%s', (_name, scenario) => {
  const starts = simulate(scenario)
  const result = figures(starts)

  test('every mark lies in its interval', () => {
    expect(result.coverage).toBeGreaterThanOrEqual(0.99)
    expect(onRung(result, 'declared')).toBe(STARTS)
  })

  test('the phases sum to the total', () => expectExactSums(starts))

  test('phases do not claim what was not', () => {
    expect(result.overclaim).toBeLessThan(0.03)
    expect(result.overclaimedTime).toBeLessThan(0.06)
    expect(result.doubled).toBeLessThanOrEqual(result.doubledByMidpoints)
  })

  test('the guaranteed minima never exceed the truth, phase bounds hold', () => {
    for (const { timeline, truth } of starts) {
      const real = (from: string, to: string) =>
        (to === 'detected' ? (timeline.total ?? 0) : (times.get(to) ?? Number.NaN)) -
        (times.get(from) ?? Number.NaN)
      const times = new Map<string, number>([...truth, ['requested', 0]])
      for (const { from, to, atLeast } of timeline.minima)
        expect(atLeast).toBeLessThanOrEqual(real(from, to) + 1)
      for (const { from, to, atLeast, atMost } of timeline.phases) {
        expect(atLeast).toBeLessThanOrEqual(real(from, to) + 1)
        expect(atMost).toBeGreaterThanOrEqual(real(from, to) - 1)
      }
    }
  })
})

test('pinning takes most of the overclaim of bare midpoints away', () => {
  const result = figures(simulate({ clocks: WITHIN_50_MS, skewInMs: 50 }))
  expect(result.doubledByMidpoints).toBeGreaterThan(0.5)
  expect(result.doubled).toBeLessThan(0.3)
  expect(result.named).toBeGreaterThan(0.9)
})

test('skews declared at 50 ms that are 30 s: the ladder frees the clocks, and every mark is in its interval again', () => {
  const starts = simulate({ clocks: WITHIN_50_MS })
  const result = figures(starts)
  expect(onRung(result, 'declared')).toBeLessThan(0.02 * STARTS)
  expect(result.coverage).toBeGreaterThanOrEqual(0.99)
  expectExactSums(starts)
})

test('an undeclared skew of 1 s breaks coverage, and contradictions alone are no guard', () => {
  const starts = simulate({ clocks: WITHIN_50_MS, skewInMs: 1_000 })
  const result = figures(starts)
  const missed = starts.filter(({ timeline, truth }) =>
    timeline.marks.some(({ name, earliest, latest }) => {
      const instant = truth.get(name) ?? 0
      return name !== 'requested' && (instant < earliest || instant > latest)
    }),
  )
  expect(missed.length).toBeGreaterThan(0.3 * STARTS)
  expect(missed.filter(({ timeline }) => timeline.assumptions === 'declared').length).toBeGreaterThan(
    0.2 * STARTS,
  )
  expect(onRung(result, 'free-clocks')).toBeGreaterThan(0)
  expectExactSums(starts)
})

test('a late API that is taken for immediate puts most marks in the wrong place', () => {
  const starts = simulate({ clocks: {}, lateInMs: 3_000, immediate: true })
  expect(figures(starts).coverage).toBeLessThan(0.6)
  expectExactSums(starts)
})

test('an Engine: sightings bind its free nanosecond clock, and its marks are as sharp as the sharpest answer', () => {
  const random = new Random(20_260_405)
  const starts = Array.from({ length: STARTS }, () => simulateEngineStart(random))
  const result = figures(starts)
  expect(result.coverage).toBeGreaterThanOrEqual(0.99)
  expect(onRung(result, 'declared')).toBe(STARTS)
  expect(result.named).toBe(1)
  // Answers wait up to 3 ms here. `started` lies in an answer that took up to 180 ms, and is no wider than the sharpest.
  for (const mark of ['pull-started', 'pull-ended', 'created', 'started'])
    expect(result.widthInMs[mark]).toBeLessThan(6)
  expectExactSums(starts)
  for (const { timeline } of starts) {
    const [clock] = timeline.clocks
    expect(clock).toMatchObject({ machine: 'engine', samples: 0, contradictory: false })
    expect((clock?.offset?.latest ?? 0) - (clock?.offset?.earliest ?? 0)).toBeLessThan(10_000)
  }
})
