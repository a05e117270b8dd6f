import assert from 'node:assert/strict'
import { promise, type WriteChapter } from '../scene/chapter.ts'

/** Many at once. */
export const crowd: WriteChapter = ({ world }) => {
  const count = world.concurrency ?? 50
  return {
    title: 'many at once',
    concurrent: false,
    tests: [
      promise(
        `${count} runs started at once are all ready, each its own, and all removed`,
        async (scene) => {
          const runs = await Promise.all(
            Array.from({ length: count }, (_, index) =>
              scene.run(scene.workloads.httpServer({ port: 8080, body: `number ${index}` })),
            ),
          )
          await Promise.all(runs.map((run) => run.ready()))
          assert.equal(new Set(runs.map(({ id }) => id)).size, count)
          const bodies = await Promise.all(runs.map(async (run) => (await fetch(run.url ?? '')).text()))
          assert.deepEqual(
            bodies,
            runs.map((_, index) => `number ${index}`),
          )
          for (const { timeline } of runs) {
            assert.equal(
              timeline.phases.reduce((sum, { duration }) => sum + duration, 0),
              timeline.total,
            )
          }
          const listed = (await Array.fromAsync(scene.another().list())).filter(({ name }) =>
            name.startsWith(`${scene.slug}-`),
          )
          assert.equal(listed.length, count)
          await Promise.all(runs.map((run) => run.remove()))
          await scene.assertNothingLeft('when all removals have resolved')
        },
        { timeoutInMs: 300_000 },
      ),
    ],
  }
}
