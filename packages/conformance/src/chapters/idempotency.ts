import assert from 'node:assert/strict'
import { promise, type WriteChapter } from '../scene/chapter.ts'
import { thrownBy } from '../scene/thrown-by.ts'

/** The same token makes the same run, however often and from wherever it is asked for. */
export const idempotency: WriteChapter = () => ({
  title: 'idempotency',
  concurrent: true,
  tests: [
    promise('the same token and spec give the same run, once on the cloud', async (scene) => {
      const token = newToken()
      const server = scene.workloads.httpServer({ port: 8080 })
      const first = await scene.run(server, {}, { token })
      // A program that answers has all its processes.
      await first.ready()
      const before = await scene.left()
      const second = await scene.run(server, {}, { token })
      assert.equal(second.id, first.id)
      assert.equal(second.name, first.name)
      assert.deepEqual((await scene.left()).length, before.length, 'nothing new stands on the engine')
      await second.ready()
    }),
    promise('from another process too', async (scene) => {
      const token = newToken()
      const first = await scene.run(scene.workloads.sleep(), {}, { token })
      const second = await scene.start(scene.another(), scene.spec(scene.workloads.sleep()), { token })
      assert.equal(second.id, first.id)
    }),
    promise('two at once with the same token make one run', async (scene) => {
      const token = newToken()
      const spec = scene.spec(scene.workloads.sleep())
      const runs = await Promise.all([
        scene.start(scene.provider, spec, { token }),
        scene.start(scene.another(), spec, { token }),
      ])
      assert.equal(runs[0].id, runs[1].id)
      await Promise.all(runs.map((run) => run.ready()))
      const named = (await Array.fromAsync(scene.provider.list())).filter(({ name }) => name === runs[0].name)
      assert.equal(named.length, 1)
    }),
    promise(
      'the same token with another spec is a conflict, and the first run goes on as it was',
      async (scene) => {
        const token = newToken()
        const first = await scene.run(scene.workloads.sleep(), { env: { COLOR: 'red' } }, { token })
        await first.ready()
        const error = await scene.errorOf(
          scene.start(scene.provider, scene.spec(scene.workloads.sleep(), { env: { COLOR: 'blue' } }), {
            token,
          }),
          'run() with the same token and another spec',
          'conflict',
        )
        assert.equal(error.retryable, false)
        await first.refresh()
        assert.equal(first.containers.main?.state, 'running')
        await scene.find(first.id)
      },
    ),
    promise('an abort of the second leaves the first alone', async (scene) => {
      const token = newToken()
      const first = await scene.run(scene.workloads.sleep(), {}, { token })
      await first.ready()
      const reason = new Error('not this one')
      const controller = new AbortController()
      const again = scene.start(scene.provider, scene.spec(scene.workloads.sleep()), {
        token,
        signal: controller.signal,
      })
      queueMicrotask(() => controller.abort(reason))
      assert.equal(await thrownBy(again, 'the aborted run()'), reason)
      await first.refresh()
      assert.equal(first.containers.main?.state, 'running')
    }),
    promise('after its removal the token makes a new run', async (scene) => {
      const token = newToken()
      const first = await scene.run(scene.workloads.sleep(), {}, { token })
      await first.remove()
      const second = await scene.run(scene.workloads.sleep(), {}, { token })
      await second.ready()
      assert.equal(second.state, 'ready')
    }),
    promise('other tokens, and none, make other runs', async (scene) => {
      const runs = await Promise.all([
        scene.run(scene.workloads.sleep()),
        scene.run(scene.workloads.sleep()),
        scene.run(scene.workloads.sleep(), {}, { token: newToken() }),
        scene.run(
          scene.workloads.sleep(),
          {},
          { token: `${newToken()} with spaces / and 🚢 ${'x'.repeat(500)}` },
        ),
      ])
      assert.equal(new Set(runs.map(({ id }) => id)).size, runs.length)
    }),
    promise('an empty token is a programmer’s error', async (scene) => {
      const error = await thrownBy(
        scene.start(scene.provider, scene.spec(scene.workloads.sleep()), { token: '' }),
        'run() with an empty token',
      )
      assert.ok(error instanceof TypeError)
    }),
  ],
})

function newToken(): string {
  return `token-${globalThis.crypto.randomUUID()}`
}
