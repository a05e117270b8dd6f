import assert from 'node:assert/strict'
import { started } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import { hasOutput, logTexts, scriptOutput } from '../scene/read-output.ts'
import { STAY } from '../scene/stay.ts'

/** Containers that live together. */
export const groups: WriteChapter = ({ capabilities }) => ({
  title: 'sidecars and init containers',
  concurrent: true,
  tests: [
    ...where(
      capabilities.initContainers && capabilities.logs,
      promise('init containers run one after the other, in order, before the main one', async (scene) => {
        const run = await scene.run(scene.workloads.shell('echo main'), {
          initContainers: {
            zeta: scene.workloads.shell('sleep 0.3; echo first'),
            alpha: scene.workloads.shell('echo second'),
          },
        })
        await run.exited()
        assert.deepEqual(await logTexts(run, { container: 'zeta' }), ['first'])
        assert.deepEqual(await logTexts(run, { container: 'alpha' }), ['second'])
        assert.deepEqual(await logTexts(run), ['main'])
        const { zeta, alpha, main } = run.containers
        for (const [name, container] of Object.entries({ zeta, alpha, main })) {
          assert.equal(container?.state, 'terminated', `${name} has ended`)
          if (capabilities.exitCode === 'native') assert.equal(container?.termination?.exitCode, 0)
        }
        const [zetaEnd, alphaStart] = [zeta?.termination?.finishedAt, alpha?.termination?.startedAt]
        if (zetaEnd && alphaStart) assert.ok(zetaEnd <= alphaStart, 'alpha starts when zeta has ended')
      }),
      promise(
        'an init container that fails fails the start, with its output as evidence, and the main one never runs',
        async (scene) => {
          const spec = scene.spec(scene.workloads.shell('echo must not run'), {
            initContainers: { setup: scene.workloads.shell('echo cannot set up; exit 7') },
          })
          const start = async () => {
            const run = await scene.start(scene.provider, spec)
            await run.exited({ timeout: '50s' }).catch(() => {})
            const printed = await logTexts(run).catch((): string[] => [])
            assert.ok(!printed.includes('must not run'), 'the main container must not run')
            await run.ready({ timeout: '50s' })
          }
          const error = await scene.errorOf(
            start(),
            'the start of a group whose init container fails',
            'start-failed',
            'exited',
          )
          assert.match(error.message, /setup/)
          const evidence = JSON.stringify(error)
          assert.ok(
            evidence.includes('cannot set up') || error.evidence.exitCode === 7,
            `evidence tells why: ${evidence}`,
          )
        },
      ),
    ),
    ...where(
      capabilities.initContainers,
      promise('a run counts as started only when its init containers have ended', async (scene) => {
        const calledAt = performance.now()
        const run = await scene.run(scene.workloads.sleep(), {
          initContainers: { slow: scene.workloads.shell('sleep 1.5') },
          ready: started(),
        })
        await run.ready()
        const waitedInMs = performance.now() - calledAt
        assert.ok(
          waitedInMs >= 1_500,
          `started after ${waitedInMs} ms, but its init container takes 1,500 ms`,
        )
      }),
    ),
    ...where(
      capabilities.sidecars,
      promise('a sidecar runs beside the main container and ends with it', async (scene) => {
        const run = await scene.run(scene.workloads.shell('sleep 1'), {
          sidecars: { helper: scene.workloads.shell(STAY) },
        })
        await run.ready()
        await eventually(async () => {
          await run.refresh()
          assert.ok(run.containers.helper !== undefined, 'it stands beside main')
        })
        await run.exited()
        await eventually(async () => {
          await run.refresh()
          assert.equal(run.containers.helper?.state, 'terminated', 'it ends when the main one has ended')
        })
        assert.equal(run.state, 'stopped')
      }),
      promise('a sidecar that ends does not end the main container', async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), {
          sidecars: { brief: scene.workloads.shell('exit 0') },
        })
        await run.ready()
        await eventually(async () => {
          await run.refresh()
          assert.equal(run.containers.brief?.state, 'terminated')
        })
        assert.equal(run.containers.main?.state, 'running')
      }),
      promise('stop() and remove() take all of the group', async (scene) => {
        const run = await scene.run(scene.workloads.sleep(), {
          sidecars: { one: scene.workloads.sleep(), two: scene.workloads.shell(STAY) },
        })
        await run.ready()
        await run.stop()
        for (const name of ['main', 'one', 'two'])
          assert.equal(run.containers[name]?.state, 'terminated', `${name} has ended`)
        await run.remove()
        await scene.assertNothingLeft('when remove() has resolved', run)
      }),
      ...where(
        capabilities.groupNetwork === 'localhost' && hasOutput(capabilities),
        promise('a sidecar’s port is reached inside the group at localhost', async (scene) => {
          const get = scene.workloads.fetch(8080)
          const output = await scriptOutput(
            scene,
            `until ${get} >/dev/null 2>&1; do sleep 0.1; done; ${get}; echo`,
            {
              sidecars: { web: scene.workloads.httpServer({ port: 8080, body: 'from beside' }) },
            },
          )
          assert.equal(output, 'from beside\n')
        }),
      ),
      promise('a sidecar that is called like an init container, or main, is refused', async (scene) => {
        const sleep = scene.workloads.sleep()
        await scene.errorOf(
          scene.run(sleep, { sidecars: { main: sleep } }),
          'run() with a sidecar called main',
          'invalid-spec',
        )
        if (!capabilities.initContainers) return
        await scene.errorOf(
          scene.run(sleep, { sidecars: { same: sleep }, initContainers: { same: { image: sleep.image } } }),
          'run() with two containers of one name',
          'invalid-spec',
        )
      }),
    ),
  ],
})
