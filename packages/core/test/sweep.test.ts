import { spawnSync } from 'node:child_process'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { BerthError, secret } from '../src/index.ts'
import { newOwnerTag } from '../src/lease/owner.ts'
import { memory } from './memory-cloud.ts'
import { WatchedCloud } from './watched-cloud.ts'

const PAST = '1000000000'
const EXPIRED = { 'berth-expires': PAST, 'berth-lifetime': 'scope' } as const
const onLinux = test.runIf(process.platform === 'linux')

function inAnHour(): string {
  return String(Math.ceil(Date.now() / 1_000) + 3_600)
}

/** The tag of a process of this machine that has ended. */
function goneOwner(): string {
  const [machine, boot, namespace, , , run] = newOwnerTag().split('.')
  return [machine, boot, namespace, spawnSync('true').pid, '1', run].join('.')
}

function permission(): BerthError {
  return new BerthError({ code: 'permission', message: 'the cloud forbids it' })
}

describe('what is swept', () => {
  test('is what has expired, whoever owns it', async () => {
    const cloud = new WatchedCloud()
    const lifetimes = ['scope', 'lease-60', 'max-60', 'of a later version']
    for (const lifetime of lifetimes) {
      await cloud.leave({ 'berth-expires': PAST, 'berth-lifetime': lifetime, 'berth-owner': newOwnerTag() })
    }
    const { removed, kept, failed } = await memory({ cloud }).sweep()
    expect({ removed: removed.length, kept, failed }).toEqual({ removed: 4, kept: [], failed: [] })
    expect(cloud.refs).toEqual([])
  })

  test.each([
    'never',
    'soon',
    '',
    ' 1000000000',
    '1000000000 ',
    '-1',
    '1.5',
    '1e9',
    '0x3b9aca00',
    'NaN',
    '2001-09-09T01:46:40Z',
    '9'.repeat(400),
    '9007199254740993',
  ])('is never what has the expiry %j', async (expires) => {
    const cloud = new WatchedCloud()
    const ref = await cloud.leave({ 'berth-expires': expires, 'berth-owner': goneOwner() })
    const expired = await cloud.leave(EXPIRED)
    const report = await memory({ cloud }).sweep()
    expect(report.removed.map(({ name }) => name)).toEqual([expired])
    expect(report.kept).toMatchObject([{ name: ref, expiresAt: null }])
    expect(cloud.refs).toEqual([ref])
  })

  onLinux(
    'is the scope of a process that is gone before its lease is, and nothing else of that process',
    async () => {
      const cloud = new WatchedCloud()
      const owner = goneOwner()
      const scope = await cloud.leave({
        'berth-owner': owner,
        'berth-lifetime': 'scope',
        'berth-expires': inAnHour(),
      })
      const kept = [
        await cloud.leave({
          'berth-owner': owner,
          'berth-lifetime': 'lease-60',
          'berth-expires': inAnHour(),
        }),
        await cloud.leave({ 'berth-owner': owner, 'berth-lifetime': 'max-60', 'berth-expires': inAnHour() }),
        await cloud.leave({ 'berth-owner': owner, 'berth-lifetime': 'other', 'berth-expires': inAnHour() }),
        await cloud.leave({ 'berth-owner': owner, 'berth-lifetime': 'keep', 'berth-expires': 'never' }),
      ]
      const report = await memory({ cloud }).sweep()
      expect(report.removed).toMatchObject([{ name: scope, reason: 'the process that held it is gone' }])
      expect(cloud.refs).toEqual(kept.sort())
    },
  )

  test('is not the scope of a process that lives, nor of one on another machine', async () => {
    const cloud = new WatchedCloud()
    const [, ...rest] = goneOwner().split('.')
    const refs = [
      await cloud.leave({
        'berth-owner': newOwnerTag(),
        'berth-lifetime': 'scope',
        'berth-expires': inAnHour(),
      }),
      await cloud.leave({
        'berth-owner': ['ffffffff', ...rest].join('.'),
        'berth-lifetime': 'scope',
        'berth-expires': inAnHour(),
      }),
    ]
    expect((await memory({ cloud }).sweep()).removed).toEqual([])
    expect(cloud.refs).toEqual(refs.sort())
  })

  test('is not what is to be kept, though its former holder wrote an end since', async () => {
    const cloud = new WatchedCloud()
    const ref = await cloud.leave({ ...EXPIRED, 'berth-lifetime': 'keep' })
    expect((await memory({ cloud }).sweep()).kept).toMatchObject([{ name: ref }])
    expect(cloud.refs).toEqual([ref])
  })

  test('is not what was renewed after the list was made', async () => {
    const cloud = new WatchedCloud()
    const renewed = await cloud.leave(EXPIRED)
    const expired = await cloud.leave(EXPIRED)
    let finds = 0
    cloud.atEffect = (verb) => {
      if (verb === 'find') finds += 1
      if (finds === 2) cloud.tag(renewed, { 'berth-expires': inAnHour() })
    }
    const report = await memory({ cloud }).sweep({ concurrency: 1 })
    expect(report.removed.map(({ name }) => name)).toEqual([expired])
    expect(report.kept).toMatchObject([{ name: renewed, reason: expect.stringMatching(/^wanted until /) }])
    expect(cloud.refs).toEqual([renewed])
  })

  test('is not what was handed over after the list was made', async () => {
    const cloud = new WatchedCloud()
    const ref = await cloud.leave(EXPIRED)
    let finds = 0
    cloud.atEffect = (verb) => {
      if (verb === 'find') finds += 1
      if (finds === 2) cloud.tag(ref, { 'berth-expires': 'never', 'berth-lifetime': 'keep' })
    }
    expect((await memory({ cloud }).sweep()).kept).toMatchObject([{ name: ref, expiresAt: null }])
    expect(cloud.count('remove')).toBe(0)
  })
})

describe('a sweep', () => {
  test('tells what it removed in full', async () => {
    const cloud = new WatchedCloud()
    const ref = await cloud.leave(EXPIRED)
    expect(await memory({ cloud, name: 'here' }).sweep()).toEqual({
      provider: 'here',
      dryRun: false,
      removed: [
        {
          id: `here/${ref}`,
          name: ref,
          image: 'nginx',
          createdAt: expect.any(Date),
          expiresAt: new Date(Number(PAST) * 1_000),
          reason: 'expired at 2001-09-09T01:46:40.000Z',
          parts: [`group ${ref}`],
        },
      ],
      kept: [],
      failed: [],
      tidied: [],
    })
  })

  test('that only looks tells what the next one does, and does nothing', async () => {
    const cloud = new WatchedCloud()
    for (let count = 0; count < 20; count += 1) await cloud.leave(count % 3 === 0 ? {} : EXPIRED)
    const before = cloud.refs
    const foretold = await memory({ cloud }).sweep({ dryRun: true })
    expect(foretold.dryRun).toBe(true)
    expect(cloud.refs).toEqual(before)
    expect([cloud.count('remove'), cloud.count('stop'), cloud.count('renew')]).toEqual([0, 0, 0])
    const done = await memory({ cloud }).sweep()
    const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id)
    expect([...done.removed].sort(byId)).toEqual([...foretold.removed].sort(byId))
    expect([...done.kept].sort(byId)).toEqual([...foretold.kept].sort(byId))
  })

  test.each([
    { concurrency: 1, most: 1 },
    { concurrency: 3, most: 3 },
    { concurrency: undefined, most: 8 },
    { concurrency: 1_000, most: 20 },
  ])(
    'has $most removals under way at once where concurrency is $concurrency',
    async ({ concurrency, most }) => {
      const cloud = new WatchedCloud()
      for (let count = 0; count < 20; count += 1) await cloud.leave(EXPIRED)
      cloud.answerInMs = 5
      await memory({ cloud }).sweep(concurrency === undefined ? {} : { concurrency })
      expect(cloud.refs).toEqual([])
      expect(cloud.mostRemovals).toBeLessThanOrEqual(most)
      expect(cloud.mostRemovals).toBeGreaterThan(most === 1 ? 0 : 1)
    },
  )

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a concurrency of %d',
    async (concurrency) => {
      const cloud = new WatchedCloud()
      await cloud.leave(EXPIRED)
      await expect(memory({ cloud }).sweep({ concurrency })).rejects.toThrow(RangeError)
      expect(cloud.refs).toHaveLength(1)
    },
  )

  test('goes on after a removal that fails, and names it', async () => {
    const cloud = new WatchedCloud()
    const refs = [await cloud.leave(EXPIRED), await cloud.leave(EXPIRED), await cloud.leave(EXPIRED)]
    const password = `canary-${crypto.randomUUID()}`
    secret(password)
    cloud.atEffect = (verb, [ref]) => {
      if (verb === 'remove' && ref === refs[1]) throw new Error(`no entry with ${password}`)
    }
    const report = await memory({ cloud }).sweep()
    expect(report.removed.map(({ name }) => name).sort()).toEqual([refs[0], refs[2]].sort())
    expect(report.failed).toMatchObject([
      {
        id: `memory/${refs[1]}`,
        name: refs[1],
        reason: expect.stringMatching(/^expired at /),
        error: expect.stringContaining('[secret]'),
      },
    ])
    expect(inspect(report, { depth: 9 })).not.toContain(password)
    expect(cloud.refs).toEqual([refs[1]])
  })

  test('leaves what it cannot look at again, and names it', async () => {
    const cloud = new WatchedCloud()
    const refs = [await cloud.leave(EXPIRED), await cloud.leave(EXPIRED)]
    let finds = 0
    cloud.atEffect = (verb) => {
      if (verb === 'find') finds += 1
      if (verb === 'find' && finds === 2) throw permission()
    }
    const report = await memory({ cloud }).sweep({ concurrency: 1 })
    expect(report.failed).toMatchObject([{ name: refs[0], error: 'the cloud forbids it' }])
    expect(report.removed).toMatchObject([{ name: refs[1] }])
  })

  test('that cannot list throws, and removes nothing', async () => {
    const cloud = new WatchedCloud()
    await cloud.leave(EXPIRED)
    cloud.faults.push({ verb: 'find', when: 'before', error: permission() })
    await expect(memory({ cloud }).sweep()).rejects.toMatchObject({ code: 'permission', operation: 'find' })
    expect(cloud.count('remove')).toBe(0)
  })

  test('removes nothing twice that another was faster to remove', async () => {
    const cloud = new WatchedCloud()
    for (let count = 0; count < 10; count += 1) await cloud.leave(EXPIRED)
    const kept = await cloud.leave()
    const reports = await Promise.all([1, 2, 3].map(() => memory({ cloud }).sweep({ concurrency: 2 })))
    expect(reports.flatMap(({ failed }) => failed)).toEqual([])
    for (const report of reports) expect(report.kept).toMatchObject([{ name: kept }])
    expect(cloud.refs).toEqual([kept])
  })

  test('ended in its middle throws the very reason and begins no other removal', async () => {
    const cloud = new WatchedCloud()
    for (let count = 0; count < 6; count += 1) await cloud.leave(EXPIRED)
    const controller = new AbortController()
    const reason = new Error('changed my mind')
    cloud.atEffect = (verb) => {
      if (verb === 'remove') controller.abort(reason)
    }
    const sweep = memory({ cloud }).sweep({ signal: controller.signal, concurrency: 2 })
    await expect(sweep).rejects.toBe(reason)
    const removals = cloud.count('remove')
    expect(removals).toBeLessThanOrEqual(2)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(cloud.count('remove')).toBe(removals)
    expect(cloud.refs.length).toBeGreaterThanOrEqual(4)
    cloud.atEffect = () => {}
    expect((await memory({ cloud }).sweep()).failed).toEqual([])
    expect(cloud.refs).toEqual([])
  })

  test('that was ended before asks nothing', async () => {
    const cloud = new WatchedCloud()
    const reason = new Error('not today')
    await expect(memory({ cloud }).sweep({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(cloud.calls).toEqual([])
  })
})
