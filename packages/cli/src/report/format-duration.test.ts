import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatBounds, formatDuration } from './format-duration.ts'

test.each([
  [0, '0 ms'],
  [3, '0.003 ms'],
  [830, '0.830 ms'],
  [9_431, '9.43 ms'],
  [9_996, '10.0 ms'],
  [231_456, '231 ms'],
  [999_499, '999 ms'],
  [999_500, '1.00 s'],
  [1_204_000, '1.20 s'],
  [45_120_400, '45.1 s'],
  [300_000_000, '300 s'],
])('%i µs is shown as %s', (micros, shown) => {
  expect(formatDuration(micros)).toBe(shown)
})

test.each([
  [{ duration: 212_000, atLeast: 209_500, atMost: 214_500 }, '±3'],
  [{ duration: 2_000, atLeast: 0, atMost: 30_000 }, '−2 +28'],
  [{ duration: 2_000, atLeast: -1_900, atMost: 30_000 }, '−2 +28'],
  [{ duration: 2_120, atLeast: 1_800, atMost: 2_440 }, '±0.32'],
  [{ duration: 20_338_000, atLeast: 20_336_000, atMost: 20_340_000 }, '±0.1'],
  [{ duration: 355_300, atLeast: 355_260, atMost: 355_340 }, '±1'],
  [{ duration: 757_000, atLeast: 310_000, atMost: 1_204_000 }, '±450'],
  [{ duration: 20_300_000, atLeast: 19_200_000, atMost: 21_400_000 }, '±1.1'],
  [{ duration: 2_000, atLeast: 2_000, atMost: 3_000 }, '+1'],
  [{ duration: 2_000, atLeast: 2_000, atMost: 2_000 }, 'exact'],
])('the bounds of %o are shown as %s', (bounded, shown) => {
  expect(formatBounds(bounded)).toBe(shown)
})

test.each([
  [18_995_487, 'down', '18.9 s'],
  [18_995_487, 'up', '19.0 s'],
  [9_800, 'up', '9.80 ms'],
  [9_800, 'down', '9.80 ms'],
  [1, 'down', '0.001 ms'],
] as const)('the bound %i µs, rounded %s, is shown as %s', (micros, rounding, shown) => {
  expect(formatDuration(micros, rounding)).toBe(shown)
})

test('figure and bounds together never claim more than is known', () => {
  const micros = fc.integer({ min: 0, max: 400_000_000 })
  fc.assert(
    fc.property(micros, micros, micros, (atLeast, more, rest) => {
      const [duration, atMost] = [atLeast + more, atLeast + more + rest]
      const [figure, unit] = formatDuration(duration).split(' ')
      const shown = formatBounds({ duration, atLeast, atMost })
      const side = (sign: string) => Number(new RegExp(`[±${sign}]([\\d.]+)`).exec(shown)?.[1] ?? 0)
      const scale = unit === 'ms' ? 1_000 : 1_000_000
      if (shown === 'exact') {
        expect(more + rest).toBe(0)
        return
      }
      expect((Number(figure) - side('−')) * scale).toBeLessThanOrEqual(atLeast + 0.001)
      expect((Number(figure) + side('+')) * scale).toBeGreaterThanOrEqual(atMost - 0.001)
    }),
    { numRuns: 1_000 },
  )
})

test('a shown duration is off by half of its last digit at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_000_000 }), (micros) => {
      const [figure = '', unit] = formatDuration(micros).split(' ')
      const scale = unit === 'ms' ? 1_000 : 1_000_000
      const lastDigit = scale / 10 ** (figure.split('.')[1]?.length ?? 0)
      expect(Math.abs(Number(figure) * scale - micros)).toBeLessThanOrEqual(lastDigit / 2 + 1e-6)
    }),
  )
})
