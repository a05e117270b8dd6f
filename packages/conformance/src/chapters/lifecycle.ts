import assert from 'node:assert/strict'
import type { RunChange, RunFeature } from '@berth/core'
import { promise, type WriteChapter } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import { RUN_METHODS } from '../scene/run-methods.ts'
import { withinTime } from '../scene/within-time.ts'

/** From run() to remove(). */
export const lifecycle: WriteChapter = ({ capabilities }) => ({
  title: 'the life of a run',
  concurrent: true,
  tests: [
    promise(
      'run() resolves with a handle that says what was started, where, and for how long',
      async (scene) => {
        const before = Date.now()
        const run = await scene.run(scene.workloads.sleep(), { labels: { team: 'suite' } })
        assert.equal(run.provider, scene.provider.name)
        assert.equal(run.id, `${scene.provider.name}/${run.ref}`)
        assert.ok(
          !run.ref.startsWith('/') && run.ref.length > 0,
          `ref '${run.ref}' must not be empty or begin with '/'`,
        )
        assert.match(run.name, /^[a-z][a-z0-9-]{0,49}$/)
        assert.ok(run.name.startsWith(`${scene.slug}-`))
        assert.equal(run.image, scene.workloads.sleep().image)
        assert.deepEqual(run.labels, { team: 'suite' })
        assert.equal(run.lifetime, 'scope')
        assert.ok(
          run.expiresAt !== null && run.expiresAt.getTime() > Date.now(),
          'a scope has an end that is to come',
        )
        assert.ok(run.createdAt.getTime() >= before - 1_000 && run.createdAt.getTime() <= Date.now() + 1_000)
        assert.equal(run.attempts.length, 1)
        assert.equal(run.attempts[0]?.error, undefined)
      },
    ),
    promise('placed() and ready() resolve, and the state moves on to ready', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      assert.ok(['pending', 'starting', 'running'].includes(run.state), `a new run is '${run.state}'`)
      await run.placed()
      await run.ready()
      assert.equal(run.state, 'ready')
      assert.equal(run.containers.main?.state, 'running')
      assert.equal(run.containers.main?.restartCount, 0)
    }),
    promise(
      'a handle has the methods of its cloud and no others, and supports() tells them',
      async (scene) => {
        const run = await scene.run(scene.workloads.sleep())
        for (const [feature, methods] of Object.entries(RUN_METHODS) as [RunFeature, readonly string[]][]) {
          const has = capabilities[feature] !== undefined
          assert.equal(run.supports(feature), has, `supports('${feature}')`)
          for (const method of methods) assert.equal(method in run, has, `the method ${method}`)
        }
      },
    ),
    promise('stop() ends it and keeps it; stopping twice or at once is no error', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      await Promise.all([run.stop(), run.stop()])
      await run.stop()
      assert.equal(run.state, 'stopped')
      assert.equal(run.containers.main?.state, 'terminated')
      await run.exited()
      const found = await scene.find(run.id)
      assert.equal(found.state, 'stopped', 'another process sees it stopped')
    }),
    promise('remove() resolves when the engine shows nothing of it any more', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      assert.ok((await scene.left(run)).length > 0, 'while it runs the engine shows it')
      await run.remove()
      await scene.assertNothingLeft('when remove() has resolved', run)
      assert.equal(run.state, 'gone')
      assert.equal(await scene.another().get(run.id), null)
    }),
    promise('remove() right after run() leaves nothing', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.remove()
      await scene.assertNothingLeft('when remove() has resolved', run)
    }),
    promise('removing twice, at once and from two processes is no error', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      const same = await scene.find(run.id)
      await Promise.all([run.remove(), run.remove(), same.remove()])
      await scene.assertNothingLeft('when all removals have resolved', run)
      await Promise.all([run.remove(), same.remove(), run.stop(), same.stop()])
    }),
    promise('what somebody else removed is gone for its holder too', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const exit = run.exited().then(
        () => 'ended',
        () => 'gone',
      )
      const same = await scene.find(run.id)
      await same.remove()
      await withinTime(exit, 30_000, 'exited() must settle when somebody else removes the run')
      await run.refresh()
      assert.equal(run.state, 'gone')
      await scene.errorOf(run.ready({ probe: { kind: 'health' } }), 'ready() of a removed run', 'not-found')
      await run.remove()
    }),
    promise('refresh() brings what another process did', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const same = await scene.find(run.id)
      await same.stop()
      await run.refresh()
      assert.equal(run.state, 'stopped')
    }),
    promise('changes() tells every state until it is gone, and then ends', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      const seen: RunChange[] = []
      const listening = (async () => {
        for await (const change of run.changes()) seen.push(change)
      })()
      await run.ready()
      await run.stop()
      await run.remove()
      await withinTime(listening, 20_000, 'changes() must end when the run is gone')
      const states = seen.filter(({ kind }) => kind === 'state').map(({ state }) => state)
      for (const state of ['ready', 'stopped', 'gone'] as const) {
        assert.ok(states.includes(state), `changes() must tell '${state}'; it told ${states.join(', ')}`)
      }
      assert.ok(
        states.indexOf('ready') < states.indexOf('stopped') &&
          states.indexOf('stopped') < states.indexOf('gone'),
      )
    }),
    promise('closing a provider touches no run', async (scene) => {
      const other = scene.another()
      const run = await scene.start(other, scene.spec(scene.workloads.sleep()))
      await run.ready()
      await other.close()
      const found = await eventually(async () => {
        const each = await scene.provider.get(run.id)
        assert.equal(each?.containers.main?.state, 'running')
        return each
      })
      await found.remove()
    }),
  ],
})
