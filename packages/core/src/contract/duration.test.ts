import { expect, test } from 'vitest'
import { durationInMs } from './duration.ts'

test('durations are milliseconds or a number with its unit', () => {
  expect(durationInMs(1500)).toBe(1500)
  expect(durationInMs('250ms')).toBe(250)
  expect(durationInMs('1.5h')).toBe(5_400_000)
  expect(durationInMs('2d')).toBe(172_800_000)
})

test('what is no duration is refused with what would be', () => {
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, '10', 'ten minutes', '1e3s']) {
    expect(() => durationInMs(wrong as never, 'timeout')).toThrow(
      /timeout: .* is no duration; write milliseconds/,
    )
  }
})
