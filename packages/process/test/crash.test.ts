import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { SweepReport } from '@berth/core'
import { embedded } from '@berth/process'
import { processRunner } from '@berth/process/runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killAtRandom, runProgram, seededRandom } from '../../core/test/kill-at-random.ts'
import { processWorld } from './crash/process-world.ts'

const MOMENTS = Number(process.env.BERTH_CRASH_MOMENTS ?? 15)
const LEASE_IN_MS = 3_000
const VARIANTS = ['single', 'group', 'stray', 'leased', 'renewing', 'removing']
const onLinux = test.runIf(process.platform === 'linux')
const seed = Number(process.env.BERTH_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))

const script = new URL('./crash/start-until-killed.ts', import.meta.url)
const sweeper = new URL('./crash/sweep-once.ts', import.meta.url)

let directory = ''
let foreign: ChildProcess

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-crash-'))
  // Somebody's process whose mark looks like ours.
  foreign = spawn('sleep', ['300'], { env: { ...process.env, BERTH_PROCESS: 'not-ours/main' } })
})

afterAll(async () => {
  foreign.kill('SIGKILL')
  const runner = processRunner({ directory })
  for (const { name } of await runner.list()) await runner.remove(name)
  await rm(directory, { recursive: true, force: true })
})

onLinux(
  `after kill -9 at ${MOMENTS} random moments a sweep leaves nothing, and takes nothing else`,
  { timeout: 180_000 },
  async () => {
    const provider = embedded({ directory, lease: '60s' })
    const bystanders = await startBystanders()
    const before = processWorld(directory)

    const kills = await killAtRandom(
      Array.from({ length: MOMENTS }, (_, index) => {
        const variant = VARIANTS[index % VARIANTS.length] ?? ''
        return { script, args: [directory, variant], withinInMs: variant === 'removing' ? 300 : 1_500 }
      }),
      { random: seededRandom(seed), concurrency: 10 },
    )
    const story = `seed ${seed}: ${kills.map(({ args, atInMs }) => `${args[1]} at ${atInMs} ms`).join(', ')}`
    const left = await leftBehind()
    expect(left.length, `${story}: hardly a run was left behind`).toBeGreaterThan(MOMENTS / 4)

    // Their process is gone, which this machine knows; a lease that needs no process is not over yet.
    const atOnce = await provider.sweep()
    expect(atOnce.failed, story).toEqual([])
    expect(
      (await leftBehind()).filter(({ lifetime }) => lifetime === 'scope'),
      story,
    ).toEqual([])
    const expired = new Set(left.filter(({ expiresAt }) => expiresAt < Date.now()).map(({ name }) => name))
    const early = atOnce.removed.filter(
      ({ name, reason }) => !expired.has(name) && !reason.includes('is gone'),
    )
    expect(early, story).toEqual([])

    await delay(LEASE_IN_MS + 2_000)
    const foretold = await provider.sweep({ dryRun: true })
    const expiring = await leftBehind()
    expect(foretold.removed.map(({ name }) => name).sort(), story).toEqual(
      expiring.map(({ name }) => name).sort(),
    )
    const reports = await Promise.all(
      [1, 2].map(async () => JSON.parse(await runProgram(sweeper, [directory])) as SweepReport),
    )
    expect(
      reports.flatMap(({ failed }) => failed),
      story,
    ).toEqual([])
    const removed = new Set(reports.flatMap((report) => report.removed.map(({ name }) => name)))
    expect([...removed].sort(), story).toEqual(foretold.removed.map(({ name }) => name).sort())

    expect(processWorld(directory), story).toEqual(before)
    expect((await provider.sweep()).removed, story).toEqual([])
    await bystanders.assertUntouched()
  },
)

interface Left {
  readonly name: string
  readonly lifetime: string
  readonly expiresAt: number
}

/** Runs of the killed processes, from the files alone; bystanders are named for what they are. */
async function leftBehind(): Promise<Left[]> {
  const groups = processWorld(directory).filter((entry) => entry.startsWith('groups/'))
  const left: Left[] = []
  for (const entry of groups) {
    const { labels, name } = JSON.parse(await readFile(join(directory, entry, 'group.json'), 'utf8'))
    if (/^bystander/.test(name)) continue
    const renewed = await readFile(join(directory, entry, 'labels', 'berth-expires'), 'utf8').catch(
      () => undefined,
    )
    left.push({
      name,
      lifetime: labels['berth-lifetime'],
      expiresAt: Number(renewed ?? labels['berth-expires']) * 1_000,
    })
  }
  return left
}

/** What a sweep must not touch: the runs of others, of other machines, and those that are still wanted. */
async function startBystanders() {
  const provider = embedded({ directory, lease: '60s' })
  const runner = processRunner({ directory })
  const held = await provider.run({ image: 'berth/hello', name: 'bystander-held' })
  const kept = await provider.run({ image: 'berth/hello', name: 'bystander-kept', lifetime: 'keep' })
  const leased = await provider.run({
    image: 'berth/hello',
    name: 'bystander-leased',
    lifetime: { lease: '1h' },
  })
  const labelled: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'bystander-unlabelled': {},
    'bystander-look-alike': {
      'berth-runx': 'x',
      'berth-expires': '1',
      'berth-lifetime': 'scope',
      berth: 'run',
    },
    'bystander-elsewhere': {
      'berth-run': 'bystander-elsewhere',
      'berth-owner': 'ffffffff.ffffffff.ffffffff.4000000.1.1',
      'berth-expires': String(Math.ceil(Date.now() / 1_000) + 3_600),
      'berth-token': 'a',
      'berth-spec': 'b',
      'berth-lifetime': 'scope',
    },
  }
  for (const [name, labels] of Object.entries(labelled)) {
    await runner.create({
      name,
      labels,
      containers: [{ name: 'main', image: 'berth/shell', command: ['sleep', '300'] }],
    })
  }
  const names = [...[held, kept, leased].map(({ ref }) => ref), ...Object.keys(labelled)].sort()
  const pids = await pidsOf(names)
  return {
    async assertUntouched() {
      expect(await pidsOf(names)).toEqual(pids)
      for (const { pid } of pids) expect(() => process.kill(pid ?? 0, 0)).not.toThrow()
      expect([foreign.exitCode, foreign.signalCode]).toEqual([null, null])
      await held.refresh()
      expect(held.state).toBe('running')
      for (const run of [held, kept, leased]) await run.remove()
    },
  }

  async function pidsOf(wanted: readonly string[]) {
    const groups = (await runner.list()).filter(({ name }) => wanted.includes(name))
    return groups
      .map(({ name, uid, containers }) => ({ name, uid, pid: containers[0]?.pid }))
      .sort((one, other) => one.name.localeCompare(other.name))
  }
}
