import assert from 'node:assert/strict'
import { OwnerProcess } from '../other-process/owner-process.ts'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'

/** Runs found again, by whichever process. */
export const finding: WriteChapter = ({ capabilities, world }) => ({
  title: 'finding runs again',
  concurrent: true,
  tests: [
    promise(
      'get() finds a run by its id, its reference and its name, from another process',
      async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), { labels: { team: 'suite' } })
        await run.ready()
        for (const key of [run.id, run.ref, run.name]) {
          const found = await scene.find(key)
          assert.equal(found.id, run.id)
          assert.equal(found.name, run.name)
          assert.equal(found.image, run.image)
          assert.deepEqual(found.labels, run.labels)
          assert.equal(found.containers.main?.state, 'running')
          assert.ok(Math.abs(found.createdAt.getTime() - run.createdAt.getTime()) < 60_000)
        }
      },
    ),
    promise('a run that was found can do what its starter’s can', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080, body: 'found' }))
      const found = await scene.find(run.id)
      await found.ready()
      assert.equal(await (await fetch(found.url ?? '')).text(), 'found')
      if (capabilities.exec) assert.match((await found.exec(['echo', 'hello'])).stdout, /hello/)
      assert.ok(found.cost().amount >= 0)
      await found.stop()
      await found.exited()
      await found.remove()
      await scene.assertNothingLeft('when the found run was removed', run)
    }),
    promise('get() of what is not there is null', async (scene) => {
      const absent = `${scene.slug}-never-was`
      assert.equal(await scene.provider.get(absent), null)
      assert.equal(await scene.provider.get(`${scene.provider.name}/${absent}`), null)
    }),
    promise('get() of another provider’s id finds nothing of this one', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      assert.equal(await scene.provider.get(`someone-else/${run.ref}`), null)
    }),
    promise('get() of nothing is a programmer’s error', async (scene) => {
      await assert.rejects(scene.provider.get(''), TypeError)
    }),
    promise('list() has each run of ours once, stopped ones too', async (scene) => {
      const runs = await Promise.all([1, 2, 3].map(() => scene.run(scene.workloads.sleep())))
      await Promise.all(runs.map((run) => run.ready()))
      await runs[2]?.stop()
      await eventually(async () => {
        const listed = (await Array.fromAsync(scene.another().list())).filter(({ name }) =>
          name.startsWith(`${scene.slug}-`),
        )
        assert.deepEqual(listed.map(({ id }) => id).toSorted(), runs.map(({ id }) => id).toSorted())
        assert.equal(listed.find(({ id }) => id === runs[2]?.id)?.state, 'stopped')
      })
      await runs[0]?.remove()
      const after = (await Array.fromAsync(scene.another().list())).filter(({ id }) => id === runs[0]?.id)
      assert.deepEqual(after, [], 'a removed run is not listed')
    }),
    promise('the name of a provider begins its runs’ ids, and tells two of them apart', async (scene) => {
      const named = scene.another({ name: 'second.account' })
      const run = await scene.start(named, scene.spec(scene.workloads.sleep()))
      assert.ok(run.id.startsWith('second.account/'))
      assert.equal((await scene.find(run.id, named)).id, run.id)
      assert.equal(await scene.provider.get(run.id), null)
    }),
    ...where(
      world.otherProcess,
      promise('another process’ run is found here, and ours there', async (scene) => {
        await using owner = await OwnerProcess.start(world.otherProcess)
        const started = await owner.run(scene.spec(scene.workloads.sleep()))
        const found = await scene.find(started.id, scene.provider)
        scene.adopt(found)
        await found.ready()
        const ours = await scene.run(scene.workloads.sleep())
        await eventually(async () =>
          assert.ok((await owner.list()).includes(ours.id), 'ours is listed there'),
        )
        await owner.remove(ours.id)
        await eventually(async () => assert.equal(await scene.provider.get(ours.id), null))
        await scene.assertNothingLeft('when another process removed it', ours)
      }),
    ),
  ],
})
