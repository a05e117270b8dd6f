import { expect, test } from 'vitest'
import { TimeBase, wallOrigin } from './time-base.ts'

test('instants become microseconds since requested, and back', () => {
  const time = new TimeBase(1_234.5, Date.UTC(2026, 0, 1))
  expect(time.micros(1_235.75)).toBe(1_250)
  expect(time.instant(1_250)).toBe(1_235.75)
  expect(time.requestedInMicros).toBe(Date.UTC(2026, 0, 1) * 1000 + 1_234_500)
  expect(time.requestedDate.toISOString()).toBe('2026-01-01T00:00:01.234Z')
})

test('the wall origin agrees with the wall clock of now', () => {
  const before = Date.now()
  const now = wallOrigin() + performance.now()
  expect(now).toBeGreaterThanOrEqual(before - 21)
  expect(now).toBeLessThanOrEqual(Date.now() + 21)
})
