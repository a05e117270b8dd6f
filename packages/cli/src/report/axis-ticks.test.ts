import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisTicks } from './axis-ticks.ts'

test.each([
  [231_456, 5, ['0', '50 ms', '100 ms', '150 ms', '200 ms']],
  [45_120_400, 6, ['0', '10 s', '20 s', '30 s', '40 s']],
  [2_000_000, 4, ['0', '500 ms', '1 s', '1.5 s', '2 s']],
  [900, 3, ['0', '0.5 ms']],
])('an axis of %i µs has round ticks', (end, most, labels) => {
  expect(axisTicks(end, most).map(({ label }) => label)).toEqual(labels)
})

test('there are never more than asked for, none beyond the end, and no two alike', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 1e9 }), fc.integer({ min: 1, max: 12 }), (end, most) => {
      const ticks = axisTicks(end, most)
      expect(ticks.length).toBeLessThanOrEqual(most + 1)
      expect(ticks.at(-1)?.at).toBeLessThanOrEqual(end * 1.001)
      expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
    }),
  )
})
