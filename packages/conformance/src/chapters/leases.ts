import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { SweepReport } from '@berth/core'
import { OwnerProcess } from '../other-process/owner-process.ts'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import type { FullProvider, FullRun } from '../scene/full-capabilities.ts'
import { floorOf } from '../scene/lease-floor.ts'

const MOMENTS_IN_MS = [0, 10, 30, 60, 120, 250, 500]

/** Whatever dies, a sweep finds and removes what is left, and nothing else. */
export const leases: WriteChapter = ({ world }) => ({
  title: 'leases and sweeps',
  concurrent: false,
  tests: [
    promise('a sweep removes what has expired, and leaves what has not', async (scene) => {
      const expired = await scene.run(scene.workloads.sleep(), { lifetime: { lease: '1s' } })
      const wanted = await Promise.all([
        scene.run(scene.workloads.sleep()),
        scene.run(scene.workloads.sleep(), { lifetime: { lease: '10m' } }),
        scene.run(scene.workloads.sleep(), { lifetime: { maxLifetime: '10m' } }),
        scene.run(scene.workloads.sleep(), { lifetime: 'keep' }),
      ])
      await pastExpiry(expired)
      await scene.untilListed(expired, ...wanted)
      const dry = await scene.another().sweep({ dryRun: true })
      assert.equal(dry.dryRun, true)
      assertSwept(dry, expired, wanted)
      assert.ok((await scene.left(expired)).length > 0, 'a dry run touches nothing')
      const report = await scene.another().sweep()
      assert.equal(report.dryRun, false)
      assertSwept(report, expired, wanted)
      await scene.assertNothingLeft('after the sweep', expired)
      for (const run of wanted) {
        await run.refresh()
        assert.notEqual(
          run.state,
          'gone',
          `a sweep must leave a run with lifetime ${JSON.stringify(run.lifetime)}`,
        )
      }
      const kept = await scene.another().sweep({ dryRun: true })
      assert.ok(!kept.removed.some(({ name }) => name === expired.name), 'what is gone is not found again')
    }),
    promise('a sweep says what it would take and why', async (scene) => {
      const run = await scene.run(scene.workloads.sleep(), { lifetime: { lease: '1s' } })
      await pastExpiry(run)
      await scene.untilListed(run)
      const report = await scene.another().sweep({ dryRun: true })
      const swept = report.removed.find(({ id }) => id === run.id)
      assert.equal(report.provider, scene.provider.name)
      assert.equal(swept?.image, run.image)
      assert.deepEqual(swept?.expiresAt, run.expiresAt)
      assert.ok((swept?.reason ?? '').length > 0)
      assert.ok((swept?.parts.length ?? 0) > 0, 'it names the parts that are there')
      assert.ok(Math.abs((swept?.createdAt.getTime() ?? 0) - run.createdAt.getTime()) < 60_000)
      JSON.parse(JSON.stringify(report))
    }),
    promise('a renewed lease stays, however old its run', async (scene) => {
      const run = await scene.run(scene.workloads.sleep(), { lifetime: { lease: '4s' } })
      // Clouds keep the end in whole seconds, rounded up.
      const unrenewedUntil = (run.expiresAt?.getTime() ?? 0) + 1_000
      while (Date.now() <= unrenewedUntil) {
        await pause(1_000)
        await run.renew()
      }
      await scene.another().sweep()
      await run.refresh()
      assert.equal(run.containers.main?.state, 'running')
    }),
    promise(
      'two sweeps at once remove it once and both succeed',
      async (scene) => {
        const runs = await Promise.all(
          [1, 2, 3].map(() => scene.run(scene.workloads.sleep(), { lifetime: { lease: '1s' } })),
        )
        // A node may take a minute over what is removed while it is still being made.
        await Promise.all(runs.map((run) => run.ready()))
        await Promise.all(runs.map(pastExpiry))
        await scene.untilListed(...runs)
        const reports = await Promise.all([scene.another().sweep(), scene.another().sweep()])
        for (const report of reports) {
          assert.deepEqual(
            report.failed.filter(({ name }) => name.startsWith(`${scene.slug}-`)),
            [],
          )
        }
        await scene.assertNothingLeft('after both sweeps')
      },
      { timeoutInMs: 120_000 },
    ),
    promise('a stopped run expires like any other', async (scene) => {
      const run = await scene.run(scene.workloads.shell('exit 0'), { lifetime: { lease: '1s' } })
      await run.exited()
      await pastExpiry(run)
      await scene.untilListed(run)
      await scene.another().sweep()
      await scene.assertNothingLeft('after the sweep', run)
    }),
    promise('a run past its maxLifetime is swept, should its owner be gone', async (scene) => {
      const run = await scene.run(scene.workloads.sleep(), { lifetime: { maxLifetime: '1s' } })
      await pastExpiry(run)
      await eventually(async () => {
        await scene.another().sweep()
        await scene.assertNothingLeft('after the sweep', run)
      })
    }),
    ...where(
      world.createForeign,
      promise('a sweep does not touch what is not ours', async (scene) => {
        const foreign = await world.createForeign?.()
        try {
          const report = await scene.another().sweep()
          await eventually(async () => assert.equal(await foreign?.exists(), true))
          assert.deepEqual(
            report.failed.filter(({ name }) => name.startsWith(`${scene.slug}-`)),
            [],
          )
          const listed = await Array.fromAsync(scene.provider.list())
          assert.ok(
            listed.every(({ name }) => name !== ''),
            'what is not ours is not listed',
          )
        } finally {
          await foreign?.remove()
        }
      }),
    ),
    ...where(
      world.otherProcess,
      promise(
        'what a killed process held is swept at the end of its lease at the latest',
        async (scene) => {
          const owner = await OwnerProcess.start(world.otherProcess)
          const started = await owner.run(scene.spec(scene.workloads.sleep()), { lease: floorOf(world) })
          await eventually(async () => {
            const alive = await scene.provider.sweep({ dryRun: true })
            assert.ok(
              alive.kept.some(({ id }) => id === started.id),
              'while its owner lives it is kept',
            )
          })
          await owner.kill()
          await sweptInTheEnd(scene.another(), () => scene.left())
        },
        { timeoutInMs: 120_000 },
      ),
      promise(
        'a process killed at any moment of a start leaves nothing that a sweep does not find',
        async (scene) => {
          for (const moment of MOMENTS_IN_MS) {
            const owner = await OwnerProcess.start(world.otherProcess)
            const spec = scene.spec(scene.workloads.httpServer({ port: 8080 }))
            owner.run(spec, { lease: floorOf(world) }).catch(() => {})
            await pause(moment)
            await owner.kill()
          }
          await pause(floorOf(world) + 1_000)
          await sweptInTheEnd(scene.another(), () => scene.left())
        },
        { timeoutInMs: 180_000 },
      ),
      promise('what a killed process handed over stays', async (scene) => {
        const owner = await OwnerProcess.start(world.otherProcess)
        const { id } = await owner.run(scene.spec(scene.workloads.sleep(), { lifetime: 'keep' }))
        await owner.kill()
        await scene.another().sweep()
        const found = await scene.find(id, scene.provider)
        scene.adopt(found)
      }),
    ),
  ],
})

async function pastExpiry(run: FullRun): Promise<void> {
  // The end is told in whole seconds and asked for by another process' clock.
  await pause(Math.max(0, (run.expiresAt?.getTime() ?? 0) - Date.now()) + 200)
}

function assertSwept(report: SweepReport, expired: FullRun, wanted: readonly FullRun[]): void {
  assert.ok(
    report.removed.some(({ id }) => id === expired.id),
    'the report names the expired run as removed',
  )
  for (const run of wanted) {
    assert.ok(
      report.kept.some(({ id }) => id === run.id),
      `the report names the run with lifetime ${JSON.stringify(run.lifetime)} as kept`,
    )
  }
}

/** A lost create may still appear for a while, so one sweep may come too early. */
async function sweptInTheEnd(provider: FullProvider, left: () => Promise<string[]>): Promise<void> {
  await eventually(
    async () => {
      await provider.sweep()
      assert.deepEqual(await left(), [])
    },
    { timeoutInMs: 60_000, pauseInMs: 500 },
  )
}
