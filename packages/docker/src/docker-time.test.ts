import { expect, it } from 'vitest'
import { dateOf, timeInMicros } from './docker-time.ts'

it('reads times to the microsecond, rounded down', () => {
  expect(timeInMicros('2026-11-23T16:59:39.710765568Z')).toBe(
    Date.UTC(2026, 10, 23, 16, 59, 39) * 1_000 + 710_765,
  )
  expect(timeInMicros('2026-11-23T16:59:39.7Z')).toBe(Date.UTC(2026, 10, 23, 16, 59, 39) * 1_000 + 700_000)
  expect(timeInMicros('2026-11-23T18:59:39+02:00')).toBe(Date.UTC(2026, 10, 23, 16, 59, 39) * 1_000)
  expect(dateOf('2026-11-23T16:59:39.710765568Z')).toEqual(new Date(Date.UTC(2026, 10, 23, 16, 59, 39, 710)))
})

it('knows never, and what is no time', () => {
  for (const text of ['0001-01-01T00:00:00Z', '', 'yesterday', undefined])
    expect(timeInMicros(text)).toBeUndefined()
})
