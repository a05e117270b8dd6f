import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { RequestWindow } from '../../src/limits/request-window.ts'
import { TokenBucket } from '../../src/limits/token-bucket.ts'

describe('RequestWindow', () => {
  it('admits so many within its length, and again once the first of them has left it', async () => {
    const window = new RequestWindow(2, 200)
    window.admit()
    expect([window.remaining, window.waitInMs]).toEqual([1, 0])
    window.admit()
    expect(window.remaining).toBe(0)
    expect(window.waitInMs).toBeGreaterThan(100)
    await wait(window.waitInMs + 5)
    expect(window.remaining).toBeGreaterThan(0)
    expect(window.waitInMs).toBe(0)
  })
})

describe('TokenBucket', () => {
  it('admits a burst, then as fast as it fills', async () => {
    const bucket = new TokenBucket({ capacity: 2, refillPerSecond: 1 }, 10)
    expect(bucket.take()).toMatchObject({ admitted: true, remaining: 1 })
    expect(bucket.take()).toMatchObject({ admitted: true, remaining: 0 })
    const { admitted, waitInMs } = bucket.take()
    expect(admitted).toBe(false)
    expect(waitInMs).toBeGreaterThan(50)
    expect(waitInMs).toBeLessThanOrEqual(100)
    await wait(waitInMs + 5)
    expect(bucket.take().admitted).toBe(true)
  })

  it('never holds more than its capacity', async () => {
    const bucket = new TokenBucket({ capacity: 1, refillPerSecond: 1_000 }, 1)
    await wait(20)
    expect(bucket.take()).toMatchObject({ admitted: true, remaining: 0 })
  })
})
