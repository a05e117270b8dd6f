import { setTimeout as delay } from 'node:timers/promises'
import type { SweepReport } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { killAtRandom, runProgram, seededRandom } from '../../core/test/kill-at-random.ts'
import { kubernetes } from '../src/index.ts'
import { busybox, hasCluster, kubectl, left } from './use-cluster.ts'

/** Fifty and more, by BERTH_CRASH_MOMENTS; fewer in every check. */
const MOMENTS = Number(process.env.BERTH_CRASH_MOMENTS ?? 6)
const LEASE_IN_MS = 3_000
const SETTLE_IN_MS = 5_000
/** The variants with the length of the part of them in which a moment is chosen. */
const VARIANTS = { single: 2_500, group: 4_000, public: 1_500, leased: 2_500, removing: 1_500 }
const script = new URL('./crash/start-until-killed.ts', import.meta.url)
const sweeper = new URL('./crash/sweep-once.ts', import.meta.url)
const seed = Number(process.env.BERTH_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))

describe.skipIf(!hasCluster)(
  `kill -9 (${hasCluster ? `seed ${seed}` : 'left out: LAB_KUBERNETES is not set'})`,
  () => {
    it(`at ${MOMENTS} random moments: a sweep leaves no Pod, Service or Secret, and takes nothing else`, {
      timeout: 600_000,
    }, async () => {
      const name = `crash-${Math.random().toString(36).slice(2, 8)}`
      await using provider = kubernetes({ lease: '60s' })
      await using held = await provider.run({ image: busybox, command: ['sleep', '600'], name: `by-${name}` })
      const foreign = `foreign-${name}`
      await kubectl('create', 'secret', 'generic', foreign, '--from-literal=berth-run=x')
      try {
        const victims = Array.from({ length: MOMENTS }, (_, index) => {
          const [variant = '', withinInMs = 0] = Object.entries(VARIANTS)[index % 5] ?? []
          return { script, args: [name, variant], withinInMs }
        })
        const kills = await killAtRandom(victims, { random: seededRandom(seed), concurrency: 5 })
        const story = `seed ${seed}: ${kills.map(({ args, atInMs }) => `${args[1]} at ${atInMs} ms`).join(', ')}`
        const before = await left(`/${name}-`)
        expect(before.length, `${story}: hardly a run was left behind`).toBeGreaterThan(MOMENTS / 4)

        await delay(LEASE_IN_MS + SETTLE_IN_MS)
        const reports = await Promise.all(
          [1, 2].map(async () => JSON.parse(await runProgram(sweeper, [])) as SweepReport),
        )
        for (const report of reports) {
          expect(
            report.failed.filter((run) => run.name.startsWith(name)),
            story,
          ).toEqual([])
        }
        expect(await left(`/${name}-`), story).toEqual([])
        await held.refresh()
        expect(held.containers.main?.state, story).toBe('running')
        await kubectl('get', 'secret', foreign)
      } finally {
        await kubectl('delete', 'secret', foreign)
      }
      await held.remove()
    })
  },
)
