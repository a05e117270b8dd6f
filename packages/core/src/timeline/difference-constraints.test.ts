import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DifferenceConstraints } from './difference-constraints.ts'

test('bounds follow along chains of constraints', () => {
  const constraints = new DifferenceConstraints(3)
  constraints.demand(0, 1, 10, 20)
  constraints.demand(1, 2, 1, 5)
  expect(constraints.close()).toBe(true)
  expect([constraints.atLeast(0, 2), constraints.atMost(0, 2)]).toEqual([11, 25])
  expect([constraints.atLeast(2, 0), constraints.atMost(2, 0)]).toEqual([-25, -11])
})

test('what nothing bounds is infinite', () => {
  const constraints = new DifferenceConstraints(2)
  constraints.demand(0, 1, 0, Number.POSITIVE_INFINITY)
  expect(constraints.close()).toBe(true)
  expect(constraints.atMost(0, 1)).toBe(Number.POSITIVE_INFINITY)
  expect(constraints.atLeast(0, 1)).toBe(0)
})

test('a negative cycle is a contradiction', () => {
  const constraints = new DifferenceConstraints(3)
  constraints.demand(0, 1, 10, 20)
  constraints.demand(1, 2, 10, 20)
  constraints.demand(0, 2, 0, 19)
  expect(constraints.close()).toBe(false)
})

test('a fraction would make the closure inexact', () => {
  const constraints = new DifferenceConstraints(2)
  expect(() => constraints.demand(0, 1, 0, 0.5)).toThrow(RangeError)
})

const SIZE = 6
const node = fc.integer({ min: 0, max: SIZE - 1 })
const slack = fc.integer({ min: 0, max: 1_000 })
const system = fc.record({
  truth: fc.array(fc.integer({ min: -1e12, max: 1e12 }), { minLength: SIZE, maxLength: SIZE }),
  demands: fc.array(fc.tuple(node, node, slack, slack), { maxLength: 30 }),
})

function closed({ truth, demands }: { truth: number[]; demands: [number, number, number, number][] }) {
  const constraints = new DifferenceConstraints(SIZE)
  const difference = (from: number, to: number) => (truth[to] ?? 0) - (truth[from] ?? 0)
  const all = [...demands, ...truth.map((_, to): [number, number, number, number] => [0, to, 5_000, 5_000])]
  const edges = all.map(([from, to, below, above]) => {
    return { from, to, atLeast: difference(from, to) - below, atMost: difference(from, to) + above }
  })
  for (const { from, to, atLeast, atMost } of edges) constraints.demand(from, to, atLeast, atMost)
  return { constraints, difference, edges, consistent: constraints.close() }
}

test('what has a solution is no contradiction, and no bound excludes the solution', () => {
  fc.assert(
    fc.property(system, (given) => {
      const { constraints, difference, consistent } = closed(given)
      expect(consistent).toBe(true)
      for (let from = 0; from < SIZE; from++) {
        for (let to = 0; to < SIZE; to++) {
          expect(constraints.atLeast(from, to)).toBeLessThanOrEqual(difference(from, to))
          expect(constraints.atMost(from, to)).toBeGreaterThanOrEqual(difference(from, to))
        }
      }
    }),
  )
})

test('lower ends, upper ends and midpoints rounded down each satisfy every constraint', () => {
  fc.assert(
    fc.property(system, (given) => {
      const { constraints, edges } = closed(given)
      const lower = Array.from({ length: SIZE }, (_, to) => constraints.atLeast(0, to))
      const upper = Array.from({ length: SIZE }, (_, to) => constraints.atMost(0, to))
      const middle = lower.map((bound, index) => Math.floor((bound + (upper[index] ?? 0)) / 2))
      for (const vector of [lower, upper, middle]) {
        for (const { from, to, atLeast, atMost } of edges) {
          const difference = (vector[to] ?? 0) - (vector[from] ?? 0)
          expect(difference).toBeGreaterThanOrEqual(atLeast)
          expect(difference).toBeLessThanOrEqual(atMost)
        }
      }
    }),
  )
})
