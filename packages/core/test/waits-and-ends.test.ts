import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { TokenBucket } from '../src/call/token-bucket.ts'
import { BerthError, type Session, secret } from '../src/index.ts'
import { LeaseKeeper } from '../src/lease/lease-keeper.ts'
import { collectExec } from '../src/run/collect-exec.ts'
import { redact } from '../src/secrets/redact.ts'
import { MemoryCloud, memory } from './memory-cloud.ts'
import { changed, StreamingCloud, streaming } from './streaming-cloud.ts'

const spec = { image: 'nginx', lifetime: 'keep' } as const
/** After it nobody observes a run any more that nobody waits for. */
const LINGER = 4_100

async function within<T>(promise: Promise<T>, inMs = 700): Promise<T | string> {
  return await Promise.race([promise.catch((e) => `threw ${e}`), delay(inMs, 'still waits')])
}

test('what happened while nobody waited for a run is learnt once somebody does, though the watch is open for another', async () => {
  const cloud = new StreamingCloud()
  const provider = streaming({ cloud })
  const one = await provider.run(spec)
  const other = await provider.run(spec)
  const stop = new AbortController()
  const waiting = other.exited({ signal: stop.signal }).catch(() => {})
  await delay(LINGER)
  cloud.end(one.ref, 3)
  await delay(20)
  const result = await within(one.exited())
  stop.abort()
  await waiting
  expect(result).toMatchObject({ exitCode: 3 })
})

test('a wait may end at once with what was said of the run while another was created, and leaves no watch open', async () => {
  const cloud = new StreamingCloud()
  const provider = streaming({ cloud })
  const one = await provider.run(spec)
  await delay(LINGER)
  cloud.answerInMs = 200
  const other = provider.run(spec)
  await delay(50)
  cloud.end(one.ref, 3)
  await delay(20)
  const result = await within(one.exited())
  await other
  await delay(LINGER)
  expect(cloud.streams).toBe(0)
  expect(result).toMatchObject({ exitCode: 3 })
})

test('a run that cannot be asked about keeps no other from becoming ready', async () => {
  const cloud = new MemoryCloud()
  cloud.pacing = { ...cloud.pacing, batchSize: 1 }
  cloud.startInMs = 100
  let bad = ''
  const provider = changed({
    cloud,
    change: (adapter) => ({
      ...adapter,
      poll: async (refs, context) => {
        if (refs.includes(bad)) throw new BerthError({ code: 'permission', message: 'not this one' })
        return (await adapter.poll?.(refs, context)) ?? []
      },
    }),
  })
  const one = await provider.run(spec)
  bad = one.ref
  const other = await provider.run(spec)
  expect(await within(other.ready())).toBeUndefined()
})

test('an outage of a few seconds ends no wait', { timeout: 20_000 }, async () => {
  const cloud = new MemoryCloud()
  cloud.startInMs = 100
  let down = true
  const provider = changed({
    cloud,
    change: (adapter) => ({
      ...adapter,
      poll: async (refs, context) => {
        if (down) throw new BerthError({ code: 'unavailable', message: 'gone fishing' })
        return (await adapter.poll?.(refs, context)) ?? []
      },
    }),
  })
  const one = await provider.run(spec)
  setTimeout(() => {
    down = false
  }, 4_000)
  expect(await within(one.ready(), 10_000)).toBeUndefined()
})

test('a question that gets no answer keeps no other run waiting', async () => {
  const cloud = new MemoryCloud()
  cloud.pacing = { ...cloud.pacing, batchSize: 1 }
  let bad = ''
  const provider = changed({
    cloud,
    change: (adapter) => ({
      ...adapter,
      poll: async (refs, context) => {
        if (refs.includes(bad))
          await new Promise((_, reject) =>
            context.signal.addEventListener('abort', () => reject(context.signal.reason)),
          )
        return (await adapter.poll?.(refs, context)) ?? []
      },
    }),
  })
  const one = await provider.run(spec)
  bad = one.ref
  await delay(50)
  const other = await provider.run(spec)
  expect(await within(other.ready())).toBeUndefined()
})

test("the creating call's own answers tell the clock of its run", async () => {
  const cloud = new MemoryCloud()
  const provider = changed({
    cloud,
    change: (adapter) => ({
      ...adapter,
      create: async (plan, context) => {
        const sentAt = performance.now()
        const made = await adapter.create(plan, context)
        context.date({
          machine: 'front-end',
          sentAt,
          receivedAt: performance.now(),
          date: new Date().toUTCString(),
        })
        return made
      },
    }),
  })
  const run = await provider.run(spec)
  expect(run.timeline.clocks).toMatchObject([{ machine: 'front-end', samples: 1 }])
})

test('a run of limited life that was handed over is left alone', async () => {
  const cloud = new MemoryCloud()
  const run = await memory({ cloud }).run({ image: 'nginx', lifetime: { maxLifetime: '300ms' } })
  await run.handOver('keep')
  await delay(500)
  expect(cloud.groups.size).toBe(1)
})

test('closing a provider tells those who wait', async () => {
  const cloud = new MemoryCloud()
  const provider = memory({ cloud })
  const run = await provider.run(spec)
  const waiting = within(run.exited())
  await delay(20)
  await provider.close()
  expect(await waiting).not.toBe('still waits')
})

test('an abort ends the wait for a token wherever in the line', async () => {
  const bucket = new TokenBucket({ burst: 1, refillPerSecond: 0.5 })
  const never = new AbortController().signal
  await bucket.take(never)
  const next = bucket.take(never)
  const controller = new AbortController()
  const last = bucket.take(controller.signal)
  const reason = new Error('no')
  controller.abort(reason)
  expect(await within(last, 300)).toBe('threw Error: no')
  await next
})

test('what was created before an abort is removed although the cloud shows it late', async () => {
  const cloud = new MemoryCloud()
  cloud.answerInMs = 30
  cloud.visibleInMs = 60
  const controller = new AbortController()
  const reason = new Error('changed my mind')
  const run = memory({ cloud }).run(spec, { signal: controller.signal })
  setTimeout(() => controller.abort(reason), 5)
  await expect(run).rejects.toBe(reason)
  expect(cloud.groups.size).toBe(0)
})

test('the lease of a run counts from its creating call, however long it waited for its turn', async () => {
  const cloud = new MemoryCloud()
  cloud.answerInMs = 1_200
  cloud.pacing = { ...cloud.pacing, concurrentCreates: 1 }
  const provider = memory({ cloud, lease: '1s' })
  const runs = [0, 1, 2].map(() => provider.run({ image: 'nginx' }))
  const left: number[] = []
  for (const each of runs) {
    const run = await each
    left.push(Number(cloud.groups.get(run.ref)?.tags['berth-expires']) * 1_000 - Date.now())
  }
  cloud.answerInMs = 1
  for (const each of runs) await (await each).remove()
  // Each answer takes longer than the lease, and the last waited for two others.
  for (const each of left) expect(each).toBeGreaterThan(-1_200 - 1_000)
})

test('a stop that failed keeps nobody from becoming ready', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({
    verb: 'stop',
    when: 'before',
    error: new BerthError({ code: 'permission', message: 'no' }),
  })
  const run = await memory({ cloud }).run(spec)
  await expect(run.stop()).rejects.toMatchObject({ code: 'permission' })
  expect(await within(run.ready())).toBeUndefined()
})

test('a session that breaks while it is given up ends no process', async () => {
  const unhandled: unknown[] = []
  const take = (e: unknown) => unhandled.push(e)
  process.on('unhandledRejection', take)
  const broken = Promise.withResolvers<never>()
  const session: Session = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    exited: broken.promise,
    resize: async () => {},
    close: async () => broken.reject(new Error('closed')),
    [Symbol.asyncDispose]: async () => {},
  }
  await expect(collectExec(session, undefined, AbortSignal.abort(new Error('mine')))).rejects.toThrow('mine')
  await delay(20)
  process.off('unhandledRejection', take)
  expect(unhandled).toEqual([])
})

test('a secret costs the same, however many there are', () => {
  const take = () => {
    const startedAt = performance.now()
    for (let count = 0; count < 500; count += 1) {
      secret(`token-${crypto.randomUUID()}`)
      redact('a line of the log')
    }
    return performance.now() - startedAt
  }
  const few = take()
  for (let count = 0; count < 20_000; count += 1) secret(`token-${crypto.randomUUID()}`)
  expect(take()).toBeLessThan(few * 20 + 50)
  const value = `token-${crypto.randomUUID()}`
  secret(value)
  expect(redact(`${value}${value} and ${btoa(value)}`)).toBe('[secret][secret] and [secret]')
})

test('a run whose first state cannot be is not left behind', async () => {
  const cloud = new MemoryCloud()
  const provider = changed({
    cloud,
    change: (adapter) => ({
      ...adapter,
      create: async (plan, context) => ({
        ...(await adapter.create(plan, context)),
        observation: {
          ...cloud.observe(plan.name),
          evidence: [{ kind: 'sighting', mark: 'started', latest: Number.NaN, source: 'x' }],
        },
      }),
    }),
  })
  const result = await within(provider.run(spec) as Promise<unknown>)
  expect(typeof result === 'string' ? cloud.groups.size : 0).toBe(0)
})

test('a run that is gone is renewed no more', async () => {
  const cloud = new MemoryCloud()
  const run = await memory({ cloud, lease: '150ms' }).run({ image: 'nginx' })
  cloud.groups.delete(run.ref)
  await run.refresh()
  expect(run.state).toBe('gone')
  const before = cloud.count('renew')
  await delay(300)
  expect(cloud.count('renew') - before).toBeLessThanOrEqual(1)
})

test('what was made of a spec that the cloud then refused is removed', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({
    verb: 'create',
    when: 'after',
    error: new BerthError({ code: 'invalid-spec', message: 'no' }),
  })
  await expect(memory({ cloud }).run(spec)).rejects.toMatchObject({ code: 'invalid-spec' })
  expect(cloud.groups.size).toBe(0)
})

test('changes are told as eagerly as they come while a run starts', async () => {
  const cloud = new MemoryCloud()
  cloud.startInMs = 2_300
  cloud.pacing = { ...cloud.pacing, startIntervalInMs: 20, steadyIntervalInMs: 60_000 }
  const run = await memory({ cloud }).run(spec)
  const seen = (async () => {
    for await (const change of run.changes()) if (change.state === 'running') return true
    return false
  })()
  expect(await within(seen, 4_000)).toBe(true)
})

test('a clean-up that could not look says so', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({
    verb: 'create',
    when: 'after',
    error: new BerthError({ code: 'start-failed', message: 'no' }),
  })
  cloud.faults.push({
    verb: 'find',
    when: 'before',
    error: new BerthError({ code: 'permission', message: 'no' }),
  })
  const thrown = await memory({ cloud })
    .run(spec)
    .then(
      () => undefined,
      (e: unknown) => e,
    )
  expect(cloud.groups.size).toBe(1)
  expect(BerthError.isInstance(thrown) && thrown.evidence.left).toHaveLength(1)
})

test('a run that was stopped before it had begun has exited', async () => {
  const cloud = new MemoryCloud()
  const provider = changed({
    cloud,
    change: (adapter) => ({
      ...adapter,
      poll: async (refs) =>
        refs.map((ref) => ({ ...cloud.observe(ref), phase: 'stopped', containers: {}, evidence: [] })),
    }),
  })
  const run = await provider.run(spec)
  expect(await within(run.exited())).toEqual({ exitCode: undefined })
})

test('a lease that passed while the machine slept is renewed soon after', async () => {
  const wall = vi.spyOn(Date, 'now')
  try {
    let renewals = 0
    const keeper = new LeaseKeeper(3_600_000, async (asked) =>
      asked.map(({ ref }) => ({ ref, outcome: 'renewed' })),
    )
    // A young run has the next round far away; the machine sleeps for two hours, of which no timer knows.
    keeper.hold({ ref: 'one', renewed: () => (renewals += 1) })
    const slept = Date.now() + 7_200_000
    wall.mockReturnValue(slept)
    await vi.waitFor(() => expect(renewals).toBe(1), { timeout: 15_000, interval: 100 })
    keeper.release('one')
  } finally {
    wall.mockRestore()
  }
}, 20_000)

test('an answer that the watch overtook does not undo what it told', async () => {
  const cloud = new StreamingCloud()
  const answer = Promise.withResolvers<void>()
  let isSlow = false
  const provider = streaming({
    cloud,
    change: (adapter) => ({
      ...adapter,
      poll: async (refs, context) => {
        const observations = (await adapter.poll?.(refs, context)) ?? []
        if (isSlow) await answer.promise
        return observations
      },
    }),
  })
  const run = await provider.run(spec)
  await delay(LINGER)
  isSlow = true
  const changes: string[] = []
  const told = (async () => {
    for await (const { state } of run.changes()) changes.push(state)
  })()
  await delay(50)
  cloud.end(run.ref, 3)
  isSlow = false
  answer.resolve()
  expect(await within(run.exited())).toMatchObject({ exitCode: 3 })
  await delay(50)
  expect(run.state).toBe('stopped')
  await run.remove()
  await told
})
