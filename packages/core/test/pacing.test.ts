import { expect, test } from 'vitest'
import { AdapterCaller } from '../src/call/adapter-caller.ts'
import { MemoryCloud, memoryAdapter } from './memory-cloud.ts'

test('a limit counts the calls on the wire, whichever verb makes them; one that is counted twice keeps to both', async () => {
  const cloud = new MemoryCloud()
  cloud.pacing = {
    limits: {
      reads: [
        { burst: 3, refillPerSecond: 1_000 },
        { burst: 4, refillPerSecond: 4 },
      ],
    },
  }
  const caller = new AdapterCaller('memory', memoryAdapter({ cloud }), () => {})
  const { signal } = new AbortController()
  const startedAt = performance.now()
  await caller.call('find', async ({ pace }) => await Promise.all([pace('reads'), pace('reads')]), signal)
  await caller.call('poll', async ({ pace }) => await Promise.all([pace('reads'), pace('reads')]), signal)
  expect(performance.now() - startedAt).toBeLessThan(240)
  await caller.call('poll', ({ pace }) => pace('reads'), signal)
  expect(performance.now() - startedAt).toBeGreaterThan(245)
})

test('a count holds in any stretch of its length', async () => {
  const cloud = new MemoryCloud()
  cloud.pacing = { limits: { creates: { most: 3, withinInMs: 150 } } }
  const caller = new AdapterCaller('memory', memoryAdapter({ cloud }), () => {})
  const { signal } = new AbortController()
  const at: number[] = []
  const startedAt = performance.now()
  for (let call = 0; call < 8; call++) {
    await caller.context(signal).pace('creates')
    at.push(performance.now() - startedAt)
  }
  // A timer may fire a millisecond early.
  for (const [call, instant] of at.entries())
    expect(instant).toBeGreaterThanOrEqual(Math.floor(call / 3) * 149)
  expect(at[2]).toBeLessThan(149)
  await caller.context(signal).pace('creates')
  const aborted = AbortSignal.timeout(10)
  await expect(caller.context(aborted).pace('creates')).rejects.toMatchObject({ name: 'TimeoutError' })
})

test("a limit that was not declared is the adapter's mistake", async () => {
  const caller = new AdapterCaller('memory', memoryAdapter({ cloud: new MemoryCloud() }), () => {})
  const { signal } = new AbortController()
  await expect(caller.context(signal).pace('writes')).rejects.toThrow(RangeError)
})
