import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { promise, type WriteChapter } from '../scene/chapter.ts'

/** What is configured, reachable and permitted. */
export const check: WriteChapter = ({ capabilities }) => ({
  title: 'check()',
  concurrent: true,
  tests: [
    promise('finds all well where the suite can run, and says what it looked at', async (scene) => {
      const report = await scene.provider.check()
      assert.equal(report.provider, scene.provider.name)
      assert.equal(report.adapter, capabilities.name)
      assert.notEqual(report.status, 'failed', inspect(report))
      assert.ok(report.items.length > 0)
      for (const item of report.items) {
        assert.ok(item.name.length > 0 && item.detail.length > 0, inspect(item))
        if (item.status === 'failed' || item.status === 'warning')
          assert.ok(item.mend, `what is wrong has its mend: ${inspect(item)}`)
      }
      assert.deepEqual(JSON.parse(JSON.stringify(report)), report)
    }),
    promise('makes nothing', async (scene) => {
      const provider = scene.another()
      await provider.check()
      await provider.check()
      await scene.assertNothingLeft('after check()')
    }),
    promise('making and closing a provider without using it does nothing and is no error', async (scene) => {
      const provider = scene.another({ name: 'unused' })
      assert.equal(provider.name, 'unused')
      assert.equal(provider.capabilities.name, capabilities.name)
      await provider.close()
      await provider.close()
    }),
    promise('a name that cannot begin an id is a programmer’s error', async (scene) => {
      assert.throws(() => scene.another({ name: 'with/slash' }), TypeError)
    }),
  ],
})
