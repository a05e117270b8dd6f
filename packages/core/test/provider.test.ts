import { fork } from 'node:child_process'
import { expect, test } from 'vitest'
import { BerthError, type BerthErrorOptions } from '../src/index.ts'
import { MemoryCloud, memory } from './memory-cloud.ts'

const spec = { image: 'nginx' } as const

function error(code: BerthErrorOptions['code'], more: Partial<BerthErrorOptions> = {}): BerthError {
  return new BerthError({ code, message: `the cloud said ${code}`, ...more })
}

test('a run on a cloud that is polled becomes ready, and its phases sum to its total', async () => {
  const cloud = new MemoryCloud()
  await using run = await memory({ cloud }).run(spec)
  await run.placed()
  await run.ready()
  expect(run.state).toBe('ready')
  expect(run.timeline.total).toBeGreaterThan(0)
  expect(run.timeline.phases.reduce((sum, { duration }) => sum + duration, 0)).toBe(run.timeline.total)
})

test('what the caller makes of its spec after the call is not of that run', async () => {
  const cloud = new MemoryCloud()
  const mine = { image: 'nginx', labels: { of: 'first' } }
  const starting = memory({ cloud }).run(mine)
  mine.image = 'busybox'
  mine.labels.of = 'second'
  await using _run = await starting
  const [group] = [...cloud.groups.values()]
  expect(group?.plan).toMatchObject({ labels: { of: 'first' }, containers: [{ image: 'nginx' }] })
})

test('many runs share their polls', async () => {
  const cloud = new MemoryCloud()
  cloud.startInMs = 200
  cloud.pacing = { ...cloud.pacing, startIntervalInMs: 50 }
  const provider = memory({ cloud })
  const runs = await Promise.all(Array.from({ length: 40 }, () => provider.run(spec)))
  await Promise.all(runs.map((run) => run.ready()))
  const asked = cloud.calls.filter(({ verb }) => verb === 'poll').map(({ refs }) => refs.length)
  expect(Math.max(...asked)).toBeLessThanOrEqual(10)
  expect(asked.length).toBeLessThan(asked.reduce((sum, refs) => sum + refs, 0) / 3)
  await Promise.all(runs.map((run) => run.remove()))
  expect(cloud.groups.size).toBe(0)
})

test('a throttled call waits at least as long as it was asked to', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({ verb: 'create', when: 'before', error: error('rate-limited', { retryAfterInMs: 120 }) })
  const startedAt = performance.now()
  await using run = await memory({ cloud }).run(spec)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(120)
  expect(run.state).not.toBe('failed')
  expect(cloud.count('create')).toBe(2)
})

test('a lost answer makes no second run', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({ verb: 'create', when: 'after', error: error('unavailable', { outcomeUnknown: true }) })
  await using run = await memory({ cloud }).run(spec)
  expect(cloud.groups.size).toBe(1)
  await run.ready()
})

test('a lost answer after which the cloud refuses is reconciled by its token', async () => {
  const cloud = new MemoryCloud()
  cloud.startInMs = 0
  cloud.faults.push({ verb: 'create', when: 'after', error: error('internal', { outcomeUnknown: true }) })
  await using run = await memory({ cloud }).run(spec)
  expect(cloud.count('find')).toBe(1)
  expect(cloud.groups.has(run.ref)).toBe(true)
})

test('what a failed create made is removed, even where it shows late', async () => {
  const cloud = new MemoryCloud()
  cloud.visibleInMs = 50
  cloud.faults.push({ verb: 'create', when: 'after', error: error('start-failed', { outcomeUnknown: true }) })
  await expect(memory({ cloud }).run(spec)).rejects.toMatchObject({
    code: 'start-failed',
    provider: 'memory',
  })
  expect(cloud.groups.size).toBe(0)
})

test('what cannot be removed after a failed create is named', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({ verb: 'create', when: 'after', error: error('start-failed') })
  cloud.faults.push({ verb: 'remove', when: 'before', error: error('permission') })
  const thrown = await memory({ cloud })
    .run(spec)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    )
  expect(BerthError.isInstance(thrown) && thrown.evidence.left).toEqual([
    `memory/${[...cloud.groups.keys()][0]}`,
  ])
})

test('what a failed create made is named where the cloud is out of reach by then', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({ verb: 'create', when: 'after', error: error('permission') })
  cloud.faults.push({ verb: 'find', when: 'before', error: error('permission') })
  await expect(memory({ cloud }).run(spec)).rejects.toMatchObject({
    code: 'permission',
    evidence: { left: [expect.stringMatching(/^memory\/\S+ \(perhaps: /)] },
  })
})

test('a cloud that is out of reach from the first has made nothing', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({ verb: 'create', when: 'before', error: error('permission') })
  cloud.faults.push({ verb: 'find', when: 'before', error: error('authentication') })
  const thrown = await memory({ cloud })
    .run(spec)
    .catch((reason: unknown) => reason)
  expect(BerthError.isInstance(thrown) && thrown.evidence.left).toBeUndefined()
})

test('a failed create with a token leaves the run that an earlier call made', async () => {
  const cloud = new MemoryCloud()
  const provider = memory({ cloud })
  await using first = await provider.run(spec, { token: 'one' })
  cloud.faults.push({ verb: 'create', when: 'after', error: error('permission') })
  await expect(provider.run(spec, { token: 'one' })).rejects.toMatchObject({ code: 'permission' })
  expect(cloud.groups.has(first.ref)).toBe(true)
  const again = await provider.run(spec, { token: 'one' })
  expect(again.ref).toBe(first.ref)
  await expect(provider.run({ image: 'other', name: 'nginx' }, { token: 'one' })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(cloud.groups.size).toBe(1)
})

test('an abort during create throws the very reason and leaves nothing', async () => {
  const cloud = new MemoryCloud()
  cloud.answerInMs = 30
  const controller = new AbortController()
  const reason = new Error('changed my mind')
  const run = memory({ cloud }).run(spec, { signal: controller.signal })
  setTimeout(() => controller.abort(reason), 5)
  await expect(run).rejects.toBe(reason)
  expect(cloud.groups.size).toBe(0)
})

test('capacity is not repeated: another place may have it', async () => {
  const cloud = new MemoryCloud()
  cloud.faults.push({ verb: 'create', when: 'before', error: error('capacity') })
  await expect(memory({ cloud }).run(spec)).rejects.toMatchObject({ code: 'capacity', operation: 'create' })
  expect(cloud.count('create')).toBe(1)
})

test('leases are renewed in one call for all runs while the process holds them', async () => {
  const cloud = new MemoryCloud()
  const provider = memory({ cloud, lease: '300ms' })
  const runs = await Promise.all(Array.from({ length: 5 }, () => provider.run(spec)))
  const before = runs[0]?.expiresAt?.getTime() ?? 0
  await new Promise((resolve) => setTimeout(resolve, 1_300))
  const renewals = cloud.calls.filter(({ verb }) => verb === 'renew')
  expect(renewals.length).toBeGreaterThanOrEqual(3)
  expect(renewals.every(({ refs }) => refs.length === 5)).toBe(true)
  expect(runs[0]?.expiresAt?.getTime()).toBeGreaterThan(before)
  expect((await provider.sweep()).removed).toEqual([])
  await Promise.all(runs.map((run) => run.remove()))
})

test('a sweep removes what is expired and keeps what is not', async () => {
  const cloud = new MemoryCloud()
  const provider = memory({ cloud })
  const kept = await provider.run({ ...spec, lifetime: 'keep' })
  const leased = await provider.run({ ...spec, lifetime: { lease: '1h' } })
  const short = await provider.run({ ...spec, lifetime: { lease: '1ms' } })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  const foretold = await provider.sweep({ dryRun: true })
  expect(foretold.removed.map(({ id }) => id)).toEqual([short.id])
  expect(cloud.groups.size).toBe(3)
  const [one, other] = await Promise.all([provider.sweep(), provider.sweep()])
  expect([...one.failed, ...other.failed]).toEqual([])
  expect([...cloud.groups.keys()].sort()).toEqual([kept.ref, leased.ref].sort())
})

test('a run handed over outlives its handle', async () => {
  const cloud = new MemoryCloud()
  {
    await using run = await memory({ cloud }).run(spec)
    await run.handOver('keep')
  }
  expect([...cloud.groups.values()].map(({ tags }) => tags['berth-expires'])).toEqual(['never'])
})

test('a found run can be waited for, stopped and removed', async () => {
  const cloud = new MemoryCloud()
  const started = await memory({ cloud }).run({ ...spec, lifetime: 'keep' })
  const elsewhere = memory({ cloud })
  const found = await elsewhere.get(started.id)
  expect(await elsewhere.get('nothing-of-that-name')).toBeNull()
  expect((await Array.fromAsync(elsewhere.list())).map(({ id }) => id)).toEqual([started.id])
  await found?.ready()
  await found?.stop()
  expect(await started.exited()).toMatchObject({ exitCode: 143 })
  await Promise.all([found?.remove(), found?.remove(), started.remove()])
  await found?.remove()
  expect(cloud.groups.size).toBe(0)
})

test('a run costs from its start to its end', async () => {
  const cloud = new MemoryCloud()
  await using run = await memory({ cloud }).run(spec)
  expect(run.cost()).toMatchObject({ amount: 0, running: false, perHour: 0.08 })
  await run.ready()
  const cost = run.cost()
  expect(cost.running).toBe(true)
  expect(cost.amount).toBeGreaterThan(0)
  expect(cost.atLeast).toBeLessThanOrEqual(cost.amount)
  expect(cost.atMost).toBeGreaterThanOrEqual(cost.amount)
  await run.stop()
  expect(run.cost().running).toBe(false)
})

test('a scope that its process leaves behind ends with the process', async () => {
  const child = fork(new URL('./leave-scope.ts', import.meta.url), {
    execArgv: ['--conditions=@berth/source'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect({ code, output }).toEqual({ code: 0, output: '1 running, then 0\n' })
})

test('a second run() with a token shares the run, and neither owns nor times it', async () => {
  const cloud = new MemoryCloud()
  await using first = await memory({ cloud }).run(spec, { token: 'shared' })
  {
    await using second = await memory({ cloud }).run(spec, { token: 'shared' })
    await second.ready()
    expect(second.ref).toBe(first.ref)
    expect(second.timeline.total).toBeUndefined()
  }
  expect(cloud.groups.size).toBe(1)
})

test('what ends for sure is not renewed', async () => {
  const cloud = new MemoryCloud()
  await using run = await memory({ cloud }).run({ ...spec, lifetime: { maxLifetime: '1h' } })
  await expect(run.renew()).rejects.toMatchObject({ code: 'unsupported' })
  await run.remove()
})
