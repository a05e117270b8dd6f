import assert from 'node:assert/strict'
import { exited, http, log, tcp } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { STAY } from '../scene/stay.ts'

/** What ready() says when it cannot be. */
export const readinessFailures: WriteChapter = ({ capabilities }) => ({
  title: 'readiness that does not come',
  concurrent: true,
  tests: [
    promise(
      'ready() fails as soon as the container has ended, with its exit code and last lines',
      async (scene) => {
        const run = await scene.run(
          scene.workloads.shell('echo last words; echo of stderr >&2; sleep 0.3; exit 42'),
          {
            ports: [8080],
            ready: http('/', { port: 8080 }),
          },
        )
        const error = await scene.errorOf(
          run.ready({ timeout: '50s' }),
          'ready() of a container that exits',
          'exited',
        )
        if (capabilities.exitCode === 'native') assert.equal(error.evidence.exitCode, 42)
        if (capabilities.logs) {
          const texts = error.evidence.logs?.map(({ text }) => text) ?? []
          assert.ok(
            texts.includes('last words'),
            `evidence holds the last lines; it has ${JSON.stringify(texts)}`,
          )
          if (capabilities.logs.streams === 'separate') {
            assert.equal(error.evidence.logs?.find(({ text }) => text === 'of stderr')?.stream, 'stderr')
          }
        }
        assert.equal(typeof error.evidence.probe, 'string', 'evidence holds the last probe')
        assert.equal(error.provider, scene.provider.name)
        assert.match(error.message, /exit|end/)
        JSON.parse(JSON.stringify(error))
      },
    ),
    promise('it is stopped then and still there, for whoever wants to look', async (scene) => {
      const run = await scene.run(scene.workloads.shell('exit 1'), { ports: [8080], ready: tcp(8080) })
      await scene.errorOf(run.ready({ timeout: '50s' }), 'ready() of a container that exits', 'exited')
      assert.equal(run.state, 'stopped')
      await scene.find(run.id)
    }),
    promise(
      'a container that keeps running without being ready ends the wait by its timeout',
      async (scene) => {
        const run = await scene.run(scene.workloads.httpServer({ port: 8080 }))
        // Some clouds take longer than the timeout to tell the address.
        await run.ready()
        const error = await scene.errorOf(
          run.ready({ timeout: '1500ms', probe: http('/missing', { port: 8080 }) }),
          'ready() past its timeout',
          'timeout',
        )
        assert.match(error.evidence.probe ?? '', /404/, 'evidence tells what the probe got')
        await run.ready()
      },
    ),
    promise('a port that nobody serves is never ready', async (scene) => {
      const run = await scene.run(scene.workloads.shell(STAY), { ports: [8080] })
      await scene.errorOf(run.ready({ timeout: '1500ms' }), 'ready() of a port that nobody serves', 'timeout')
      assert.notEqual(run.state, 'ready')
    }),
    ...where(
      capabilities.logs,
      promise('log: a container that ends without the line fails at once', async (scene) => {
        const run = await scene.run(scene.workloads.shell('echo something else'), {
          ready: log('never printed'),
        })
        await scene.errorOf(run.ready({ timeout: '50s' }), 'ready() by a log without the line', 'exited')
      }),
    ),
    ...where(
      capabilities.exitCode === 'native',
      promise('exited: another code than expected fails, and the error has it', async (scene) => {
        const run = await scene.run(scene.workloads.shell('exit 9'), { ready: exited(0) })
        const error = await scene.errorOf(
          run.ready({ timeout: '50s' }),
          'ready() by an unexpected exit',
          'exited',
        )
        assert.equal(error.evidence.exitCode, 9)
      }),
    ),
    ...where(
      capabilities.restart.includes('always'),
      promise('a container that ends again and again is given up', async (scene) => {
        const run = await scene.run(scene.workloads.shell('echo crash; exit 5'), {
          restart: 'always',
          ports: [8080],
          ready: tcp(8080),
        })
        const error = await scene.errorOf(run.ready({ timeout: '55s' }), 'ready() of a crash loop', 'exited')
        if (capabilities.exitCode === 'native') assert.equal(error.evidence.exitCode, 5)
      }),
    ),
  ],
})
