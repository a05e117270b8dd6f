import assert from 'node:assert/strict'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import { logLines, logTexts } from '../scene/read-output.ts'
import { STAY } from '../scene/stay.ts'

/** Parts of a log. */
export const logQueries: WriteChapter = ({ capabilities }) => ({
  title: 'parts of a log',
  concurrent: true,
  tests: where(
    capabilities.logs,
    promise('tail: the last so many of what there is', async (scene) => {
      const run = await scene.run(scene.workloads.shell('for n in 1 2 3 4 5; do echo $n; done'))
      await run.exited()
      assert.deepEqual(await logTexts(run, { tail: 2 }), ['4', '5'])
      assert.deepEqual(await logTexts(run, { tail: 99 }), ['1', '2', '3', '4', '5'])
      assert.deepEqual(await logTexts(run, { tail: 0 }), [])
    }),
    promise('tail with follow: the last so many, and all that come', async (scene) => {
      const run = await scene.run(
        scene.workloads.shell("trap 'echo 4; echo 5; exit 0' TERM; echo 1; echo 2; echo 3; sleep 600 & wait"),
      )
      await eventually(async () => assert.equal((await logLines(run)).length, 3))
      const texts: string[] = []
      for await (const { text } of run.logs({ tail: 1, follow: true })) {
        texts.push(text)
        if (text === '3') await run.stop()
      }
      assert.deepEqual(texts, ['3', '4', '5'])
    }),
    promise('limit: stops after so many, also while it follows', async (scene) => {
      const run = await scene.run(scene.workloads.shell(`for n in 1 2 3 4 5; do echo $n; done; ${STAY}`))
      await eventually(async () => assert.equal((await logLines(run)).length, 5))
      assert.deepEqual(await logTexts(run, { limit: 2 }), ['1', '2'])
      assert.deepEqual(await logTexts(run, { limit: 3, follow: true }), ['1', '2', '3'])
      assert.deepEqual(await logTexts(run, { limit: 0 }), [])
      assert.deepEqual(await logTexts(run, { tail: 3, limit: 2 }), ['3', '4'])
    }),
    promise('since: only what came at or after that time', async (scene) => {
      const run = await scene.run(scene.workloads.shell('echo old; sleep 2.5; echo new'))
      await run.exited()
      const all = await logLines(run)
      assert.deepEqual(
        all.map(({ text }) => text),
        ['old', 'new'],
      )
      const border = capabilities.logs?.times ? all[1]?.time : new Date(Date.now() - 1_200)
      assert.ok(border !== undefined)
      assert.deepEqual(await logTexts(run, { since: border }), ['new'])
      assert.deepEqual(await logTexts(run, { since: new Date(0) }), ['old', 'new'])
      assert.deepEqual(await logTexts(run, { since: new Date(Date.now() + 60_000) }), [])
    }),
    ...where(
      capabilities.sidecars,
      promise('container: one of the group, or all of them merged', async (scene) => {
        const run = await scene.run(scene.workloads.shell('echo from main; sleep 0.5'), {
          sidecars: { helper: scene.workloads.shell(`echo from helper; ${STAY}`) },
        })
        await eventually(async () => assert.equal((await logLines(run, { container: '*' })).length, 2))
        assert.deepEqual(await logTexts(run), ['from main'])
        assert.deepEqual(await logTexts(run, { container: 'helper' }), ['from helper'])
        const merged = (await logLines(run, { container: '*' })).map(
          ({ container, text }) => `${container}: ${text}`,
        )
        assert.deepEqual(merged.toSorted(), ['helper: from helper', 'main: from main'])
        const followed = await logLines(run, { container: '*', follow: true })
        assert.deepEqual(
          followed.map(({ container }) => container).toSorted(),
          ['helper', 'main'],
          'and a follow of all ends',
        )
      }),
    ),
    promise('container: one that is not there is not found', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      const error = await scene.errorOf(
        logLines(run, { container: 'nobody' }),
        'logs() of an unknown container',
        'not-found',
        'invalid-spec',
      )
      assert.match(error.message, /nobody/)
    }),
  ),
})
