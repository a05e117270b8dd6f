import { setTimeout as delay } from 'node:timers/promises'
import { aci } from '@berth/aci'
import { expect, it } from 'vitest'
import { killVariants, removedTooEarly, sweepTwiceAtOnce } from '../../core/test/kill-variants.ts'
import { ALL_PARTS_TAKE_TIME } from '../../emulator/test/profile/all-parts-take-time.ts'
import { type EmulatedGroups, emulatedGroups, type Group } from './crash/emulated-groups.ts'
import { emulated } from './emulated.ts'

/** Each is a program of its own that loads Azure's SDK: a hundred, by BERTH_CRASH_MOMENTS, take minutes. */
const MOMENTS = Number(process.env.BERTH_CRASH_MOMENTS ?? 8)
const LEASE_IN_MS = 3_000
/** What the service may still make of a request whose sender was killed, and how long a deleted group can still be read. */
const SETTLE_IN_MS = 3_000
const ACCEPTED_WITHIN_MS = 1_000
/** The variants with the length of the part of them in which a moment is chosen. */
const variants = {
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

it(`kill -9 at ${MOMENTS} random moments: a sweep leaves nothing, and takes nothing else (seed ${seed})`, {
  timeout: 400_000,
}, async () => {
  await using cloud = await emulated({
    timeScale: 1,
    profile: ALL_PARTS_TAKE_TIME,
    faults: [{ match: { region: 'westeurope' }, effect: { kind: 'capacity', when: 'afterwards' } }],
    dialects: { aci: { deleteLingersInMs: 500, address: 'accepted' } },
  })
  const groups = await emulatedGroups(cloud.emulator)
  await using provider = aci({ lease: '60s' })
  const bystanders = await startBystanders(provider, groups)
  const story = await killVariants({ script, variants, moments: MOMENTS, seed, concurrency: 8 })

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
  expect(removedTooEarly(atOnce), story).toEqual([])

  await delay(LEASE_IN_MS + SETTLE_IN_MS)
  const foretold = await provider.sweep({ dryRun: true })
  const expiring = (await groups.list()).filter(isOurs)
  expect(foretold.removed.map(({ name }) => name).sort(), story).toEqual(
    expiring.map(({ name }) => name).sort(),
  )
  expect(await sweepTwiceAtOnce(sweeper), story).toEqual([])

  expect((await groups.list()).filter(isOurs), story).toEqual([])
  expect((await provider.sweep()).removed, story).toEqual([])
  await bystanders.assertUntouched(story)
})

/** The killed programs' runs. */
function isOurs({ name }: Group): boolean {
  return name.startsWith('crash-')
}

/** What a sweep must not touch: the groups of others, what only looks like ours, and what of ours is still wanted. */
async function startBystanders(provider: ReturnType<typeof aci>, groups: EmulatedGroups) {
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
