import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { BerthError } from '../src/index.ts'
import { LeaseKeeper } from '../src/lease/lease-keeper.ts'
import { memory } from './memory-cloud.ts'
import { WatchedCloud } from './watched-cloud.ts'

const spec = { image: 'nginx' } as const

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(5)
}

test('a renewal that fails is tried again soon, and the lease goes on', async () => {
  const cloud = new WatchedCloud()
  await using run = await memory({ cloud, lease: '900ms' }).run(spec)
  for (let count = 0; count < 3; count += 1) {
    const error = new BerthError({ code: 'permission', message: 'not now' })
    cloud.faults.push({ verb: 'renew', when: 'before', error })
  }
  const before = run.expiresAt?.getTime() ?? 0
  await until(() => (run.expiresAt?.getTime() ?? 0) > before)
  expect(cloud.count('renew')).toBeGreaterThanOrEqual(4)
  expect(cloud.faults).toEqual([])
  expect((await memory({ cloud }).sweep()).removed).toEqual([])
})

test('a renewal that never answers is given up, and the lease goes on', async () => {
  const rounds: AbortSignal[] = []
  let renewals = 0
  const keeper = new LeaseKeeper(120, async (asked, signal) => {
    rounds.push(signal)
    if (rounds.length === 1) await new Promise((_resolve, reject) => signal.addEventListener('abort', reject))
    return asked.map(({ ref }) => ({ ref, outcome: 'renewed' }))
  })
  keeper.hold({ ref: 'one', renewed: () => (renewals += 1) })
  await until(() => renewals > 0)
  keeper.release('one')
  expect(rounds[0]?.aborted).toBe(true)
})

test('a process that was suspended renews as soon as it goes on, from then', async () => {
  const cloud = new WatchedCloud()
  await using run = await memory({ cloud, lease: '1500ms' }).run(spec)
  await until(() => cloud.count('renew') > 0)
  const renewed = cloud.count('renew')
  // As a suspended process: no timer fires, and its lease passes meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_500)
  const resumedAt = Date.now()
  expect(run.expiresAt?.getTime()).toBeLessThan(resumedAt)
  await until(() => (run.expiresAt?.getTime() ?? 0) >= resumedAt + 1_500)
  expect(cloud.count('renew')).toBeGreaterThan(renewed)
  expect((await memory({ cloud }).sweep()).removed).toEqual([])
  expect(cloud.refs).toEqual([run.ref])
})

test('what a sweep took from a suspended process is not renewed into being', async () => {
  const cloud = new WatchedCloud()
  const run = await memory({ cloud, lease: '300ms' }).run(spec)
  cloud.tag(run.ref, { 'berth-expires': '1000000000' })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
  cloud.groups.clear()
  const renewed = cloud.count('renew')
  // Whichever is the first to tell: the renewal, or the state that is still asked for.
  await until(() => cloud.count('renew') > renewed || run.state === 'gone')
  expect(cloud.refs).toEqual([])
  await run.refresh()
  expect(run.state).toBe('gone')
  await run.remove()
})

test('only scopes are renewed', async () => {
  const cloud = new WatchedCloud()
  const provider = memory({ cloud, lease: '150ms' })
  await provider.run({ ...spec, lifetime: 'keep' })
  await provider.run({ ...spec, lifetime: { lease: '1h' } })
  await provider.run({ ...spec, lifetime: { maxLifetime: '1h' } })
  await using scope = await provider.run(spec)
  await until(() => cloud.count('renew') >= 3)
  const renewals = cloud.calls.filter(({ verb }) => verb === 'renew')
  for (const { refs } of renewals) expect(refs).toEqual([scope.ref])
})

test('what was removed or handed over is renewed no more', async () => {
  const cloud = new WatchedCloud()
  const provider = memory({ cloud, lease: '150ms' })
  const removed = await provider.run(spec)
  const handedOver = await provider.run(spec)
  await until(() => cloud.count('renew') > 0)
  await removed.remove()
  await handedOver.handOver({ lease: '1h' })
  const renewed = cloud.count('renew')
  const tags = cloud.groups.get(handedOver.ref)?.tags
  await delay(400)
  expect(cloud.count('renew')).toBe(renewed)
  expect(cloud.groups.get(handedOver.ref)?.tags).toEqual(tags)
})

test('a renewal that is under way does not undo a hand-over', async () => {
  const cloud = new WatchedCloud()
  await using run = await memory({ cloud, lease: '600ms' }).run(spec)
  // The keeper's call fails in passing, so that its repetition comes after whatever is asked meanwhile.
  const error = new BerthError({ code: 'unavailable', message: 'not now' })
  cloud.faults.push({ verb: 'renew', when: 'before', error })
  await until(() => cloud.count('renew') > 0 && cloud.faults.length === 0)
  await run.handOver('keep')
  await delay(800)
  expect(cloud.groups.get(run.ref)?.tags).toMatchObject({
    'berth-expires': 'never',
    'berth-lifetime': 'keep',
  })
})

test('a hand-over that fails leaves the scope held', async () => {
  const cloud = new WatchedCloud()
  await using run = await memory({ cloud, lease: '300ms' }).run(spec)
  cloud.atEffect = (verb) => {
    if (verb === 'renew') throw new BerthError({ code: 'permission', message: 'forbidden' })
  }
  await expect(run.handOver('keep')).rejects.toMatchObject({ code: 'permission' })
  cloud.atEffect = () => {}
  expect(run.lifetime).toBe('scope')
  const before = run.expiresAt?.getTime() ?? 0
  await until(() => (run.expiresAt?.getTime() ?? 0) > before)
})

test('a lease longer than any timer is not renewed at once and for ever', async () => {
  const cloud = new WatchedCloud()
  await using run = await memory({ cloud, lease: '365d' }).run(spec)
  await delay(100)
  expect(cloud.count('renew')).toBe(0)
  expect(run.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 364 * 86_400_000)
})

test('a renewal that is under way does not come after the removal', async () => {
  const cloud = new WatchedCloud()
  const run = await memory({ cloud, lease: '600ms' }).run(spec)
  const error = new BerthError({ code: 'unavailable', message: 'not now' })
  cloud.faults.push({ verb: 'renew', when: 'before', error })
  await until(() => cloud.count('renew') > 0 && cloud.faults.length === 0)
  const effects: string[] = []
  cloud.atEffect = (verb) => effects.push(verb)
  await run.remove()
  await delay(800)
  expect(effects.slice(effects.indexOf('remove'))).not.toContain('renew')
  expect(cloud.refs).toEqual([])
})

test('one lease that cannot be renewed stops no other, and one whose run is gone is let go', async () => {
  const renewed: string[] = []
  const asked: (readonly string[])[] = []
  const keeper = new LeaseKeeper(120, async (renewals) => {
    asked.push(renewals.map(({ ref }) => ref))
    return renewals.map(({ ref }) =>
      ref === 'broken'
        ? { ref, outcome: 'failed', error: new Error('no') }
        : { ref, outcome: ref === 'gone' ? 'gone' : 'renewed' },
    )
  })
  for (const ref of ['good', 'gone', 'broken']) keeper.hold({ ref, renewed: () => renewed.push(ref) })
  await until(() => asked.length >= 3)
  keeper.close()
  expect(asked[0]).toEqual(['good', 'gone', 'broken'])
  expect(asked[1]).toEqual(['good', 'broken'])
  expect(new Set(renewed)).toEqual(new Set(['good']))
})
