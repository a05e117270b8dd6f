import assert from 'node:assert/strict'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'

/** A run goes to the first of its regions that has room, and is never in two. */
export const placement: WriteChapter = ({ capabilities, world }) => {
  const { full = '', free = '' } = world.regions ?? {}
  return {
    title: 'placement',
    concurrent: true,
    tests: where(
      capabilities.regions && world.regions,
      promise(
        'where the first region has no room it goes to the next, and each try is kept',
        async (scene) => {
          const run = await scene.run(scene.workloads.sleep(), { regions: [full, free] })
          await run.ready()
          assert.deepEqual(
            run.attempts.map(({ place }) => place),
            [full, free],
          )
          const [lost, won] = run.attempts
          assert.ok(['capacity', 'quota'].includes(lost?.error?.code ?? ''), `failed by ${lost?.error?.code}`)
          assert.equal(won?.error, undefined)
          const listed = (await Array.fromAsync(scene.another().list())).filter(
            ({ name }) => name === run.name,
          )
          assert.equal(listed.length, 1)
        },
        { timeoutInMs: 180_000 },
      ),
      promise('the first that has room is taken, and no other is tried', async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), { regions: [free, full] })
        await run.ready()
        assert.deepEqual(
          run.attempts.map(({ place }) => place),
          [free],
        )
      }),
      promise(
        'where none has room, placed() or run() says so, and leaves nothing',
        async (scene) => {
          const placing = scene.run(scene.workloads.sleep(), { regions: [full] }).then((run) => run.placed())
          const error = await scene.errorOf(placing, 'placing it where there is no room', 'capacity', 'quota')
          assert.ok(error.message.length > 0)
        },
        { timeoutInMs: 180_000 },
      ),
    ),
  }
}
