import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

const signal = new AbortController().signal

test('a burst passes at once, the rest at the pace of the refill and in order', async () => {
  const bucket = new TokenBucket({ burst: 3, refillPerSecond: 50 })
  const order: number[] = []
  const startedAt = performance.now()
  await Promise.all(
    [0, 1, 2, 3, 4].map(async (index) => {
      await bucket.take(signal)
      order.push(index)
    }),
  )
  expect(order).toEqual([0, 1, 2, 3, 4])
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(38)
})

test('one who leaves the line takes no token', async () => {
  const bucket = new TokenBucket({ burst: 1, refillPerSecond: 20 })
  await bucket.take(signal)
  const controller = new AbortController()
  const left = bucket.take(controller.signal)
  const next = bucket.take(signal)
  controller.abort('gone')
  await expect(left).rejects.toBe('gone')
  await next
})
