import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { BerthError } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import type { FullRun, FullSpec } from '../scene/full-capabilities.ts'
import { logTexts } from '../scene/read-output.ts'
import { STAY } from '../scene/stay.ts'

/** A script that counts in a volume how often it was started, and ends with 3 until the third time. */
const THIRD_TIME =
  'echo x >> "$BERTH_ROOT/count/file"; n=$(wc -l < "$BERTH_ROOT/count/file"); n=$((n)); echo "try $n"; [ $n -ge 3 ] || exit 3'
const COUNTED: Partial<FullSpec> = {
  volumes: { count: { kind: 'empty' } },
  mounts: [{ volume: 'count', path: '/count' }],
}

/** What happens when the main container ends by itself. */
export const restarts: WriteChapter = ({ capabilities }) => {
  const counts = capabilities.volumes?.includes('empty')
  return {
    title: 'restarts',
    concurrent: true,
    tests: [
      promise('never: what has ended stays so', async (scene) => {
        const run = await scene.run(scene.workloads.shell('exit 1'))
        await run.exited()
        await pause(1_000)
        await run.refresh()
        assert.equal(run.containers.main?.restartCount, 0)
        assert.equal(run.state, 'stopped')
      }),
      ...where(
        capabilities.restart.includes('on-failure'),
        promise('on-failure: what ended well stays so', async (scene) => {
          const run = await scene.run(scene.workloads.shell('exit 0'), { restart: 'on-failure' })
          await run.exited({ timeout: '50s' })
          assert.equal(run.containers.main?.restartCount, 0)
        }),
        promise('on-failure: what failed is started again, and counted', async (scene) => {
          const run = await scene.run(scene.workloads.shell('exit 3'), { restart: 'on-failure' })
          await restartedAtLeast(run, 2)
          if (capabilities.exitCode !== 'native') return
          // While it runs again some clouds no longer tell how it ended before.
          await eventually(async () => {
            await run.refresh()
            const { lastTermination, termination } = run.containers.main ?? {}
            assert.equal((lastTermination ?? termination)?.exitCode, 3)
          })
        }),
        ...where(
          counts,
          promise(
            'on-failure: it ends for good once it ends well, and exited() waits for that',
            async (scene) => {
              const run = await scene.run(scene.workloads.shell(THIRD_TIME), {
                ...COUNTED,
                restart: 'on-failure',
              })
              const { exitCode } = await run.exited({ timeout: '55s' })
              if (capabilities.exitCode === 'native') assert.equal(exitCode, 0)
              assert.equal(run.containers.main?.restartCount, 2)
              assert.equal(run.state, 'stopped')
            },
          ),
          ...where(
            capabilities.logs,
            promise(
              'a followed log goes on through restarts, and ends when it has ended for good',
              async (scene) => {
                const run = await scene.run(scene.workloads.shell(THIRD_TIME), {
                  ...COUNTED,
                  restart: 'on-failure',
                })
                const texts = await logTexts(run, { follow: true })
                const all = ['try 1', 'try 2', 'try 3']
                const reachable = capabilities.logs?.follow === 'lossy' ? all.slice(-texts.length) : all
                assert.deepEqual(texts, reachable)
                assert.equal(texts.at(-1), 'try 3')
              },
            ),
          ),
          ...where(
            capabilities.logs?.previous,
            promise('previous: the log of the instance before the last restart', async (scene) => {
              // While the last one runs: of a run that has ended a cloud may soon keep the newest instance alone.
              const run = await scene.run(scene.workloads.shell(`(${THIRD_TIME}) || exit 3; ${STAY}`), {
                ...COUNTED,
                restart: 'on-failure',
              })
              await restartedAtLeast(run, 2)
              assert.deepEqual(await logTexts(run, { previous: true }), ['try 2'])
            }),
          ),
        ),
      ),
      ...where(
        capabilities.logs && !capabilities.logs.previous,
        promise('previous: is refused where the cloud does not keep it', async (scene) => {
          const run = await scene.run(scene.workloads.shell('exit 0'))
          await run.exited()
          const error = await scene.errorOf(
            logTexts(run, { previous: true }),
            'logs() of the previous instance',
            'unsupported',
          )
          assert.match(error.message, /previous/)
        }),
      ),
      ...where(
        capabilities.restart.includes('always'),
        promise('always: what ended well is started again, until it is stopped', async (scene) => {
          const run = await scene.run(scene.workloads.shell('sleep 0.2'), { restart: 'always' })
          await restartedAtLeast(run, 1)
          await run.stop()
          await pause(1_500)
          await run.refresh()
          assert.equal(run.state, 'stopped', 'a stopped run is not started again')
        }),
      ),
      ...where(
        capabilities.restartRun,
        promise('restart() ends it and starts it again, with the same address', async (scene) => {
          const run = await scene.run(scene.workloads.httpServer({ port: 8080 }))
          await run.ready()
          const { addresses } = run
          await run.restart()
          await run.ready({ probe: { kind: 'http', path: '/', port: 8080 } })
          assert.equal(run.containers.main?.state, 'running')
          assert.equal(run.addresses.length, addresses.length)
          assert.equal((await fetch(run.url ?? '')).status, 200)
        }),
        promise(
          'restart() of what has failed lets it run anew, or says that this cannot be',
          async (scene) => {
            const run = await scene.run(scene.workloads.shell('sleep 2; exit 3'))
            const { finishedAt: failedAt } = await run.exited()
            if (!(await isRestarted(run))) return
            const { exitCode, finishedAt } = await run.exited()
            if (capabilities.exitCode === 'native') assert.equal(exitCode, 3)
            if (failedAt && finishedAt)
              assert.ok(Number(finishedAt) - Number(failedAt) >= 1_000, 'it ran until it failed again')
          },
        ),
        promise('restart() of what has stopped starts it, or says that this cannot be', async (scene) => {
          const run = await scene.run(scene.workloads.shell(STAY))
          await run.ready()
          await run.stop()
          if (!(await isRestarted(run))) return
          await eventually(async () => {
            await run.refresh()
            assert.equal(run.containers.main?.state, 'running')
          })
        }),
      ),
    ],
  }
}

/** False where the cloud says that it cannot start again what does not run. */
async function isRestarted(run: FullRun): Promise<boolean> {
  try {
    await run.restart()
    return true
  } catch (error) {
    assert.ok(BerthError.isInstance(error) && ['conflict', 'unsupported'].includes(error.code), String(error))
    return false
  }
}

async function restartedAtLeast(run: FullRun, times: number): Promise<void> {
  await eventually(
    async () => {
      await run.refresh()
      const { restartCount = 0 } = run.containers.main ?? {}
      assert.ok(restartCount >= times, `restarted ${restartCount} times, expected ${times}`)
    },
    { timeoutInMs: 50_000, pauseInMs: 100 },
  )
}
