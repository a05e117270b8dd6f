import assert from 'node:assert/strict'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { sleeper } from './exec.ts'

/** Files in and out of a running container. */
export const copying: WriteChapter = ({ capabilities }) => ({
  title: 'copying files',
  concurrent: true,
  tests: where(
    capabilities.copy,
    promise('what is copied in comes out again, byte for byte', async (scene) => {
      const run = await sleeper(scene)
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256)
      await run.copyIn({ '/tmp/bytes': bytes, '/tmp/deep/er/text': 'tëxt 🚢', '/tmp/empty': '' })
      assert.ok(Buffer.from(bytes).equals(await run.copyOut('/tmp/bytes')))
      assert.equal(Buffer.from(await run.copyOut('/tmp/deep/er/text')).toString(), 'tëxt 🚢')
      assert.equal((await run.copyOut('/tmp/empty')).length, 0)
    }),
    promise('names of 120 characters and of other scripts are names too', async (scene) => {
      const run = await sleeper(scene)
      const paths = [`/tmp/${'n'.repeat(120)}`, '/tmp/漢字 with space']
      await run.copyIn(Object.fromEntries(paths.map((path) => [path, path])))
      for (const path of paths) assert.equal(Buffer.from(await run.copyOut(path)).toString(), path)
    }),
    promise('copyOut() of what is not there is not found', async (scene) => {
      const run = await sleeper(scene)
      const error = await scene.errorOf(run.copyOut('/tmp/nothing'), 'copyOut() of nothing', 'not-found')
      assert.match(error.message, /\/tmp\/nothing/)
    }),
    promise('a relative path is a programmer’s error', async (scene) => {
      const run = await sleeper(scene)
      await assert.rejects(run.copyIn({ relative: '' }), TypeError)
      await assert.rejects(run.copyOut('relative'), TypeError)
    }),
    ...where(
      capabilities.exec,
      promise('the container sees what was copied in', async (scene) => {
        const run = await sleeper(scene)
        await run.copyIn({ '/tmp/seen': 'from outside' })
        assert.equal((await run.exec(['sh', '-c', 'cat "$BERTH_ROOT/tmp/seen"'])).stdout, 'from outside')
      }),
    ),
  ),
})
