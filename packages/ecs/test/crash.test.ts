import { setTimeout as delay } from 'node:timers/promises'
import type { Task } from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'
import { killVariants, removedTooEarly, sweepTwiceAtOnce } from '../../core/test/kill-variants.ts'
import { ALL_PARTS_TAKE_TIME } from '../../emulator/test/profile/all-parts-take-time.ts'
import { type Emulated, emulated, HELLO } from './emulated.ts'

/** Each is a program of its own that loads AWS' SDK: a hundred, by BERTH_CRASH_MOMENTS, take minutes. */
const MOMENTS = Number(process.env.BERTH_CRASH_MOMENTS ?? 6)
const LEASE_IN_MS = 3_000
/** What the service may still make of a request whose sender was killed. */
const ACCEPTED_WITHIN_MS = 1_000
/** The variants with the length of the part of them in which a moment is chosen. */
const variants = { single: 3_000, group: 4_000, leased: 3_000, renewing: 4_000, removing: 1_500 }
const script = new URL('./crash/start-until-killed.ts', import.meta.url)
const sweeper = new URL('./crash/sweep-once.ts', import.meta.url)
const seed = Number(process.env.BERTH_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))

it(`kill -9 at ${MOMENTS} random moments: a sweep leaves nothing, and takes nothing else (seed ${seed})`, {
  timeout: 400_000,
}, async () => {
  await using cloud = await emulated({ timeScale: 1, profile: ALL_PARTS_TAKE_TIME })
  const held = await cloud.provider.run({ ...HELLO, name: 'bystander-held' })
  const kept = await cloud.provider.run({ ...HELLO, name: 'bystander-kept', lifetime: 'keep' })
  const leased = await cloud.provider.run({ ...HELLO, name: 'bystander-leased', lifetime: { lease: '1h' } })
  const story = await killVariants({ script, variants, moments: MOMENTS, seed, concurrency: 5 })

  // What was ordered in the last moment is still being accepted.
  await delay(ACCEPTED_WITHIN_MS)
  expect((await ours(cloud)).length, `${story}: hardly a run was left behind`).toBeGreaterThan(MOMENTS / 8)

  // Their process is gone, which this machine knows; a lease that needs no process is not over before its time.
  const atOnce = await cloud.provider.sweep()
  expect(atOnce.failed, story).toEqual([])
  expect(
    (await ours(cloud)).filter((task) => tag(task, 'berth-lifetime') === 'scope'),
    story,
  ).toEqual([])
  expect(removedTooEarly(atOnce), story).toEqual([])

  await delay(LEASE_IN_MS)
  expect(await sweepTwiceAtOnce(sweeper), story).toEqual([])
  expect(await ours(cloud), story).toEqual([])
  expect((await cloud.provider.sweep()).removed, story).toEqual([])

  for (const run of [held, kept, leased]) {
    await run.refresh()
    expect(run.state, `${run.name}; ${story}`).toBe('running')
    await run.remove()
  }
})

/** The killed programs' tasks that have not ended: those that are just being removed lose their tags first. */
async function ours(cloud: Emulated): Promise<readonly Task[]> {
  return (await cloud.tasks()).filter(({ group = '' }) => group.startsWith('crash-'))
}

function tag({ tags = [] }: Task, name: string): string | undefined {
  return tags.find(({ key }) => key === name)?.value
}
