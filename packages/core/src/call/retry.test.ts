import { expect, test } from 'vitest'
import { BerthError, type BerthErrorOptions } from '../errors/berth-error.ts'
import { withRetry } from './retry.ts'

const signal = new AbortController().signal

function failing(times: number, options: Omit<BerthErrorOptions, 'message'>) {
  let calls = 0
  const work = async () => {
    calls += 1
    if (calls <= times) throw new BerthError({ message: 'not now', ...options })
    return calls
  }
  return { work, calls: () => calls }
}

test('what can pass is repeated until it has', async () => {
  const { work } = failing(2, { code: 'unavailable' })
  expect(await withRetry(work, signal, { pauseInMs: 1 })).toBe(3)
})

test('what cannot pass, and what placement decides, is thrown at once', async () => {
  for (const code of ['permission', 'capacity', 'quota', 'invalid-spec'] as const) {
    const { work, calls } = failing(1, { code })
    await expect(withRetry(work, signal, { pauseInMs: 1 })).rejects.toMatchObject({ code })
    expect(calls()).toBe(1)
  }
})

test('patience ends', async () => {
  const { work, calls } = failing(9, { code: 'unavailable' })
  await expect(withRetry(work, signal, { pauseInMs: 1, attempts: 3 })).rejects.toMatchObject({
    code: 'unavailable',
  })
  expect(calls()).toBe(3)
})

test('a wait that is asked for is never cut short, and one that is too long is not begun', async () => {
  const { work } = failing(1, { code: 'rate-limited', retryAfterInMs: 80 })
  const startedAt = performance.now()
  await withRetry(work, signal, { pauseInMs: 1 })
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79)
  const long = failing(1, { code: 'rate-limited', retryAfterInMs: 3_600_000 })
  await expect(withRetry(long.work, signal)).rejects.toMatchObject({ retryAfterInMs: 3_600_000 })
})

test('a lost answer is not repeated where the verb must not happen twice', async () => {
  const { work, calls } = failing(1, { code: 'unavailable', outcomeUnknown: true })
  await expect(withRetry(work, signal, { pauseInMs: 1, repeatUnknown: false })).rejects.toMatchObject({
    outcomeUnknown: true,
  })
  expect(calls()).toBe(1)
})

test('an abort ends a pause with its reason', async () => {
  const controller = new AbortController()
  const { work } = failing(9, { code: 'unavailable' })
  const result = withRetry(work, controller.signal, { pauseInMs: 60_000, longestPauseInMs: 60_000 })
  setTimeout(() => controller.abort('enough'), 5)
  await expect(result).rejects.toBe('enough')
})
