import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { promise, type WriteChapter } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import { floorOf } from '../scene/lease-floor.ts'

/** Who removes a run in the end. */
export const disposal: WriteChapter = ({ world }) => ({
  title: 'the end of a scope',
  concurrent: true,
  tests: [
    promise('leaving an await using scope removes the run and waits until it is gone', async (scene) => {
      let name = ''
      {
        await using run = await scene.start(scene.provider, scene.spec(scene.workloads.sleep()))
        name = run.name
        await run.ready()
      }
      const left = (await world.inspect()).filter((entry) => entry.includes(name))
      assert.deepEqual(left, [], 'right after the scope the engine must show nothing of it')
    }),
    promise('an error thrown in the scope still removes the run', async (scene) => {
      const own = new Error('the caller’s own')
      const thrown = await (async () => {
        await using run = await scene.start(scene.provider, scene.spec(scene.workloads.sleep()))
        await run.placed()
        throw own
      })().catch((error: unknown) => error)
      assert.equal(thrown, own)
      await scene.assertNothingLeft('right after the scope')
    }),
    ...(['keep', { lease: '10m' }, { maxLifetime: '10m' }] as const).map((lifetime) =>
      promise(
        `the scope of a run with lifetime ${JSON.stringify(lifetime)} leaves it alone`,
        async (scene) => {
          let id = ''
          {
            await using run = await scene.run(scene.workloads.sleep(), { lifetime })
            id = run.id
            assert.deepEqual(run.lifetime, lifetime === 'keep' ? 'keep' : normalized(lifetime))
          }
          const found = await scene.find(id)
          assert.deepEqual(found.lifetime, lifetime === 'keep' ? 'keep' : normalized(lifetime))
          if (lifetime === 'keep') assert.equal(found.expiresAt, null)
          else assert.ok(found.expiresAt !== null && found.expiresAt.getTime() > Date.now())
        },
      ),
    ),
    promise('a handle that was found holds no scope', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      const found = await scene.find(run.id)
      await found[Symbol.asyncDispose]()
      await scene.find(run.id)
    }),
    promise('handOver() gives it another lifetime, and its scope then leaves it alone', async (scene) => {
      let id = ''
      {
        await using run = await scene.run(scene.workloads.sleep())
        id = run.id
        await run.handOver('keep')
        assert.equal(run.lifetime, 'keep')
        assert.equal(run.expiresAt, null)
      }
      const kept = await scene.find(id)
      assert.equal(kept.lifetime, 'keep', 'every process sees the new lifetime')
      assert.equal(kept.expiresAt, null)
      await kept.handOver({ lease: '10m' })
      const leased = await scene.find(id)
      assert.deepEqual(leased.lifetime, { lease: '600s' })
    }),
    promise('renew() moves the end of a lease', async (scene) => {
      const run = await scene.run(scene.workloads.sleep(), { lifetime: { lease: '1m' } })
      const first = run.expiresAt?.getTime() ?? 0
      await pause(1_500)
      const same = await scene.find(run.id)
      await same.renew()
      const again = await scene.find(run.id)
      assert.ok((again.expiresAt?.getTime() ?? 0) > first, 'its end is later than before, for every process')
    }),
    promise(
      'maxLifetime ends a run for sure',
      async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), { lifetime: { maxLifetime: '2s' } })
        await eventually(
          async () => {
            await run.refresh()
            assert.ok(['stopped', 'gone'].includes(run.state), `after its lifetime it is '${run.state}'`)
          },
          { timeoutInMs: 60_000, pauseInMs: 200 },
        )
      },
      { timeoutInMs: 90_000 },
    ),
    promise(
      'a living owner renews the lease of its scope',
      async (scene) => {
        const leaseInMs = floorOf(world)
        const owner = scene.another({ lease: leaseInMs })
        const run = await scene.start(owner, scene.spec(scene.workloads.sleep()))
        const first = run.expiresAt?.getTime() ?? 0
        await eventually(() => assert.ok((run.expiresAt?.getTime() ?? 0) > first), {
          timeoutInMs: leaseInMs,
        })
        await pause(leaseInMs)
        const seen = await scene.find(run.id)
        assert.ok((seen.expiresAt?.getTime() ?? 0) > first, 'the cloud itself knows the new end')
        assert.equal(seen.containers.main?.state, 'running')
      },
      { timeoutInMs: 120_000 },
    ),
  ],
})

/** Lifetimes travel in whole seconds. */
function normalized(lifetime: { readonly lease: string } | { readonly maxLifetime: string }) {
  return 'lease' in lifetime ? { lease: '600s' } : { maxLifetime: '600s' }
}
