import assert from 'node:assert/strict'
import { promise, type WriteChapter } from '../scene/chapter.ts'

const NAMES: Readonly<Record<string, string>> = {
  'upper case and spaces': 'My Web Server',
  'letters of other scripts': '漢字とかな',
  'accented letters': 'Café Zürich',
  'an emoji': '🚢🚢',
  'a leading digit': '7zip',
  'two hundred characters': 'x'.repeat(200),
  'hyphens and dots all around': '--..a_b..--',
  'a path': '../../etc/passwd',
  'a shell’s words': '$(id); rm -rf "/"',
  nothing: '',
}

/** People may call a run what they like. */
export const names: WriteChapter = () => ({
  title: 'odd names',
  concurrent: true,
  tests: [
    ...Object.entries(NAMES).map(([what, name]) =>
      promise(`a name of ${what} becomes one that the cloud takes`, async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), { name })
        assert.match(run.name, /^[a-z][a-z0-9-]{0,49}$/)
        await run.ready()
        assert.equal((await scene.find(run.name)).id, run.id)
        await run.remove()
        await scene.assertNothingLeft('when remove() has resolved', run)
      }),
    ),
    promise('labels come back as they were', async (scene) => {
      const labels = { team: 'suite', 'app.example': 'a-b_c.9', empty: '' }
      const run = await scene.run(scene.workloads.sleep(), { labels })
      assert.deepEqual(run.labels, labels)
      assert.deepEqual((await scene.find(run.id)).labels, labels)
    }),
    promise('two runs of one name are two runs', async (scene) => {
      const [one, two] = await Promise.all([
        scene.run(scene.workloads.sleep()),
        scene.run(scene.workloads.sleep()),
      ])
      assert.notEqual(one.name, two.name)
      await one.remove()
      await two.refresh()
      assert.notEqual(two.state, 'gone')
    }),
  ],
})
