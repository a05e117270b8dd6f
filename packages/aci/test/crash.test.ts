import { setTimeout as delay } from 'node:timers/promises'
import { aci } from '@berth/aci'
import type { SweepReport } from '@berth/core'
import { type Emulator, startEmulator } from '@berth/emulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { killAtRandom, runProgram, seededRandom } from '../../core/test/kill-at-random.ts'
import { type EmulatedGroups, emulatedGroups, type Group } from './crash/emulated-groups.ts'

/** Each is a program of its own that loads Azure's SDK: a hundred, by BERTH_CRASH_MOMENTS, take minutes. */
const MOMENTS = Number(process.env.BERTH_CRASH_MOMENTS ?? 24)
const LEASE_IN_MS = 3_000
/** What the service may still make of a request whose sender was killed, and how long a deleted group can still be read. */
const SETTLE_IN_MS = 3_000
const ACCEPTED_WITHIN_MS = 1_000
/** The variants with the length of the part of them in which a moment is chosen. */
const VARIANTS = {
  single: 3_000,
  group: 4_000,
  moving: 4_000,
  leased: 3_000,
  renewing: 4_000,
  removing: 1_500,
}
const script = new URL('./crash/start-until-killed.ts', import.meta.url)
const sweeper = new URL('./crash/sweep-once.ts', import.meta.url)
const seed = Number(process.env.BERTH_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))
const before = { ...process.env }

let emulator: Emulator
let groups: EmulatedGroups

beforeAll(async () => {
  const many = { capacity: 100_000, refillPerSecond: 10_000 }
  emulator = await startEmulator({
    backend: 'process',
    name: `crash-${process.pid}`,
    // Long enough that a moment falls into every part of a start.
    profile: {
      durations: {
        accepting: [50, 300],
        placing: [100, 500],
        pulling: [100, 500],
        creating: [0, 200],
        starting: [0, 200],
        removing: [0, 500],
      },
    },
    faults: [{ match: { region: 'westeurope' }, effect: { kind: 'capacity', when: 'afterwards' } }],
    dialects: { aci: { deleteLingersInMs: 500, address: 'accepted' } },
    limits: {
      arm: { reads: many, writes: many, deletes: many },
      aci: {
        createsAnHour: 10_000,
        createsIn5Minutes: 10_000,
        deletesAnHour: 10_000,
        deletesIn5Minutes: 10_000,
        groupsARegion: 10_000,
        coresARegion: 10_000,
      },
    },
  })
  Object.assign(process.env, emulator.environment)
  groups = await emulatedGroups(emulator)
})

afterAll(async () => {
  await emulator?.close()
  process.env = before
})

it(`kill -9 at ${MOMENTS} random moments: a sweep leaves nothing, and takes nothing else (seed ${seed})`, {
  timeout: 400_000,
}, async () => {
  await using provider = aci({ lease: '60s' })
  const bystanders = await startBystanders(provider)
  const kills = await killAtRandom(
    Array.from({ length: MOMENTS }, (_, index) => {
      const [variant = '', withinInMs = 0] = Object.entries(VARIANTS)[index % 6] ?? []
      return { script, args: [variant], withinInMs }
    }),
    { random: seededRandom(seed), concurrency: 8 },
  )
  const story = `seed ${seed}: ${kills.map(({ args, atInMs }) => `${args[0]} at ${atInMs} ms`).join(', ')}`

  // What was ordered in the last moment is still being accepted.
  await delay(ACCEPTED_WITHIN_MS)
  const left = (await groups.list()).filter(isOurs)
  expect(left.length, `${story}: hardly a run was left behind`).toBeGreaterThan(MOMENTS / 8)

  // Their process is gone, which this machine knows; a lease that needs no process is not over before its time.
  const atOnce = await provider.sweep()
  expect(atOnce.failed, story).toEqual([])
  expect(
    (await groups.list()).filter((group) => isOurs(group) && group.tags['berth-lifetime'] === 'scope'),
    story,
  ).toEqual([])
  const early = atOnce.removed.filter(
    ({ expiresAt, reason }) => !reason.includes('is gone') && (expiresAt?.getTime() ?? 0) > Date.now(),
  )
  expect(early, story).toEqual([])

  await delay(LEASE_IN_MS + SETTLE_IN_MS)
  const foretold = await provider.sweep({ dryRun: true })
  const expiring = (await groups.list()).filter(isOurs)
  expect(foretold.removed.map(({ name }) => name).sort(), story).toEqual(
    expiring.map(({ name }) => name).sort(),
  )
  const reports = await Promise.all(
    [1, 2].map(async () => JSON.parse(await runProgram(sweeper, [])) as SweepReport),
  )
  expect(
    reports.flatMap(({ failed }) => failed),
    story,
  ).toEqual([])

  expect((await groups.list()).filter(isOurs), story).toEqual([])
  expect((await provider.sweep()).removed, story).toEqual([])
  await bystanders.assertUntouched(story)
})

/** The killed programs' runs. */
function isOurs({ name }: Group): boolean {
  return name.startsWith('crash-')
}

/** What a sweep must not touch: the groups of others, what only looks like ours, and what of ours is still wanted. */
async function startBystanders(provider: ReturnType<typeof aci>) {
  const held = await provider.run({ image: 'berth/hello', name: 'bystander-held' })
  const kept = await provider.run({ image: 'berth/hello', name: 'bystander-kept', lifetime: 'keep' })
  const leased = await provider.run({
    image: 'berth/hello',
    name: 'bystander-leased',
    lifetime: { lease: '1h' },
  })
  await groups.create('somebodys', {})
  await groups.create('look-alike', { 'berth-runx': 'x', 'berth-expires': '1', berth: 'run' })
  await groups.create('elsewhere', {
    'berth-run': 'elsewhere',
    'berth-owner': 'ffffffff.ffffffff.ffffffff.4000000.1.1',
    'berth-expires': String(Math.ceil(Date.now() / 1_000) + 3_600),
    'berth-token': 'a',
    'berth-spec': 'b',
    'berth-lifetime': 'scope',
  })
  const names = [held.name, kept.name, leased.name, 'somebodys', 'look-alike', 'elsewhere'].sort()
  return {
    async assertUntouched(story: string) {
      const there = (await groups.list()).map(({ name }) => name)
      expect(there.sort(), story).toEqual(names)
      for (const run of [held, kept, leased]) {
        await run.refresh()
        expect(run.state, `${run.name}; ${story}`).toBe('running')
        await run.remove()
      }
    },
  }
}
