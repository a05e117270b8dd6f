import assert from 'node:assert/strict'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import { logTexts } from '../scene/read-output.ts'
import { STAY_DEAF } from '../scene/stay.ts'

/** How containers end, and what is told of it. */
export const endings: WriteChapter = ({ capabilities }) => {
  const tells = capabilities.exitCode === 'native'
  return {
    title: 'exit codes and signals',
    concurrent: true,
    tests: [
      ...[0, 1, 42, 255].map((code) =>
        promise(
          tells
            ? `exited() tells exit code ${code}`
            : `exited() resolves for exit code ${code} without telling it`,
          async (scene) => {
            const run = await scene.run(scene.workloads.shell(`exit ${code}`))
            const termination = await run.exited({ timeout: '50s' })
            assert.equal(termination.exitCode, tells ? code : undefined)
            assert.equal(run.state, 'stopped')
            const { startedAt, finishedAt } = termination
            if (startedAt && finishedAt) assert.ok(startedAt <= finishedAt)
            const found = await scene.find(run.id)
            if (tells)
              assert.equal(
                found.containers.main?.termination?.exitCode,
                code,
                'another process reads the same',
              )
            assert.deepEqual(await found.exited(), termination)
          },
        ),
      ),
      promise('exited() past its timeout throws timeout, and the run goes on', async (scene) => {
        const run = await scene.run(scene.workloads.sleep())
        await run.ready()
        await scene.errorOf(run.exited({ timeout: '500ms' }), 'exited() past its timeout', 'timeout')
        await run.refresh()
        assert.equal(run.containers.main?.state, 'running')
      }),
      promise('stop() asks the process to end, and takes the code it ends with', async (scene) => {
        const run = await scene.run(
          scene.workloads.shell("trap 'echo asked; exit 7' TERM; echo up; sleep 600 & wait"),
        )
        await run.ready()
        if (capabilities.logs) await eventually(async () => assert.deepEqual(await logTexts(run), ['up']))
        await run.stop({ grace: '50s' })
        const { exitCode } = await run.exited()
        if (tells) assert.equal(exitCode, 7)
        if (capabilities.logs) assert.deepEqual(await logTexts(run), ['up', 'asked'])
      }),
      promise('stop() kills after its grace a process that does not hear', async (scene) => {
        const run = await scene.run(scene.workloads.shell(`echo up; ${STAY_DEAF}`))
        await run.ready()
        if (capabilities.logs) await eventually(async () => assert.deepEqual(await logTexts(run), ['up']))
        await run.stop({ grace: '1s' })
        const { exitCode, signal } = await run.exited()
        assert.equal(run.containers.main?.state, 'terminated')
        if (tells)
          assert.ok(exitCode === 137 || signal === 'SIGKILL', `exit code ${exitCode}, signal ${signal}`)
      }),
      promise(
        'the spec’s stopGrace is what stop() waits by default',
        async (scene) => {
          const run = await scene.run(scene.workloads.shell(STAY_DEAF), { stopGrace: '1s' })
          await run.ready()
          await run.stop()
          assert.equal(run.state, 'stopped')
        },
        { timeoutInMs: 60_000 },
      ),
      promise('remove() waits for no grace', async (scene) => {
        const run = await scene.run(scene.workloads.shell(STAY_DEAF), { stopGrace: '10m' })
        await run.ready()
        await run.remove()
        await scene.assertNothingLeft('when remove() has resolved', run)
      }),
      promise('stop() of what has ended keeps its exit code', async (scene) => {
        const run = await scene.run(scene.workloads.shell('exit 42'))
        await run.exited()
        await run.stop()
        const { exitCode } = await run.exited()
        if (tells) assert.equal(exitCode, 42)
      }),
      ...where(
        tells && capabilities.exec,
        promise('a process that a signal ended is told from one that ended well', async (scene) => {
          const run = await scene.run(scene.workloads.shell('trap "" TERM; sh -c \'kill -9 $$\'; exit $?'))
          const { exitCode, signal } = await run.exited()
          assert.ok(exitCode === 137 || signal === 'SIGKILL', `exit code ${exitCode}, signal ${signal}`)
        }),
      ),
    ],
  }
}
