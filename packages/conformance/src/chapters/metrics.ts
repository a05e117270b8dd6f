import assert from 'node:assert/strict'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { sleeper } from './exec.ts'

/** What a run uses. */
export const metrics: WriteChapter = ({ capabilities }) => ({
  title: 'metrics',
  concurrent: true,
  tests: where(
    capabilities.metrics,
    promise('tell cpu and memory of a running container', async (scene) => {
      const run = await sleeper(scene)
      const { at, cpu, memoryInBytes } = await run.metrics()
      assert.ok(Math.abs(at.getTime() - Date.now()) < 60_000)
      assert.ok(cpu >= 0 && Number.isFinite(cpu))
      assert.ok(memoryInBytes > 0)
    }),
    promise('tell a busy container from an idle one', async (scene) => {
      const idle = await sleeper(scene)
      const busy = await scene.run(scene.workloads.shell('trap "exit 0" TERM; while :; do :; done'))
      await busy.ready()
      const [low, high] = await Promise.all([idle.metrics(), busy.metrics()])
      assert.ok(high.cpu > low.cpu, `busy ${high.cpu}, idle ${low.cpu}`)
    }),
    promise('of a removed run are not found', async (scene) => {
      const run = await sleeper(scene)
      await run.remove()
      await scene.errorOf(run.metrics(), 'metrics() of a removed run', 'not-found')
    }),
  ),
})
