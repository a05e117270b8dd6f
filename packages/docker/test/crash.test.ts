import { setTimeout as delay } from 'node:timers/promises'
import type { SweepReport } from '@berth/core'
import { docker } from '@berth/docker'
import { describe, expect, it, onTestFinished } from 'vitest'
import { killAtRandom, runProgram, seededRandom } from '../../core/test/kill-at-random.ts'
import { startBystanders } from './crash/docker-bystanders.ts'
import { dockerWorld, type Thing } from './crash/docker-world.ts'
import { hasEngine, uniqueName, useDocker } from './use-docker.ts'

/** Each is a program of its own: a hundred, by BERTH_CRASH_MOMENTS, take two minutes. */
const MOMENTS = Number(process.env.BERTH_CRASH_MOMENTS ?? 25)
const LEASE_IN_MS = 3_000
/** What an engine may still make of a request whose sender was killed. */
const SETTLE_IN_MS = 5_000
/** The variants with the length of the part of them in which a moment is chosen. */
const VARIANTS = {
  single: 1_500,
  group: 3_000,
  pulling: 1_000,
  leased: 1_500,
  renewing: 3_000,
  removing: 600,
}
const script = new URL('./crash/start-until-killed.ts', import.meta.url)
const sweeper = new URL('./crash/sweep-once.ts', import.meta.url)
const seed = Number(process.env.BERTH_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))

describe.skipIf(!hasEngine)(
  `kill -9 (${hasEngine ? `seed ${seed}` : 'left out: LAB_DOCKER is not set'})`,
  () => {
    const lab = useDocker()

    it(`at ${MOMENTS} random moments: a sweep leaves nothing, and takes nothing else`, {
      timeout: 300_000,
    }, async () => {
      const { engine } = lab
      const provider = docker({ lease: '60s' })
      const name = `crash-${uniqueName()}`
      const bystanders = await startBystanders(engine, `by-${uniqueName()}`)
      onTestFinished(async () => {
        await bystanders.remove()
        await provider.close()
      })
      const victims = await Promise.all(
        Array.from({ length: MOMENTS }, async (_, index) => {
          const [variant = '', withinInMs = 0] = Object.entries(VARIANTS)[index % 6] ?? []
          const image = variant === 'pulling' ? [await lab.imageToPull({ bytes: 200_000 })] : []
          return { script, args: [name, variant, ...image], withinInMs }
        }),
      )
      const kills = await killAtRandom(victims, { random: seededRandom(seed), concurrency: 10 })
      const story = `seed ${seed}: ${kills.map(({ args, atInMs }) => `${args[1]} at ${atInMs} ms`).join(', ')}`

      const left = await dockerWorld(engine, name)
      const runs = new Set(left.map(runOf))
      expect(runs.size, `${story}: hardly a run was left behind`).toBeGreaterThan(MOMENTS / 4)
      for (const { what, labels } of left) expect(labels['berth-run'], `${what}; ${story}`).toMatch(name)

      // Their process is gone, which this machine knows; a lease that needs no process is not over before its time.
      const atOnce = await provider.sweep()
      expect(ours(atOnce.failed), story).toEqual([])
      const scopes = left.filter(({ labels }) => labels['berth-lifetime'] === 'scope').map(({ what }) => what)
      const afterwards = new Set((await dockerWorld(engine, name)).map(({ what }) => what))
      expect(
        scopes.filter((what) => afterwards.has(what)),
        story,
      ).toEqual([])
      const early = ours(atOnce.removed).filter(
        ({ expiresAt, reason }) => !reason.includes('is gone') && inFuture(expiresAt),
      )
      expect(early, story).toEqual([])

      await delay(LEASE_IN_MS + SETTLE_IN_MS)
      // Other programs may sweep this engine too, so that some may be gone before it is their turn here.
      const before = new Set((await dockerWorld(engine, name)).map(runOf))
      const foretold = ours((await provider.sweep({ dryRun: true })).removed).map(({ name: run }) => run)
      const still = new Set((await dockerWorld(engine, name)).map(runOf))
      expect(
        foretold.filter((run) => !before.has(run)),
        story,
      ).toEqual([])
      expect(
        [...still].filter((run) => !foretold.includes(run)),
        story,
      ).toEqual([])
      const reports = await Promise.all(
        [1, 2].map(async () => JSON.parse(await runProgram(sweeper, [])) as SweepReport),
      )
      for (const report of reports) {
        expect(ours(report.failed), story).toEqual([])
        expect(
          ours(report.removed).filter(({ name: run }) => !foretold.includes(run)),
          story,
        ).toEqual([])
      }

      expect(await dockerWorld(engine, name), story).toEqual([])
      await bystanders.assertUntouched(story)

      function ours<Run extends { readonly name: string }>(reported: readonly Run[]): readonly Run[] {
        return reported.filter((run) => run.name.startsWith(name))
      }
    })
  },
)

function runOf({ labels }: Thing): string {
  return labels['berth-run'] ?? ''
}

function inFuture(date: Date | null): boolean {
  return date === null || date.getTime() > Date.now()
}
