import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { http } from '@berth/core'
import { type ContractTest, promise, type WriteChapter, where } from '../scene/chapter.ts'
import type { FullRun } from '../scene/full-capabilities.ts'
import { STAY_DEAF } from '../scene/stay.ts'
import { thrownBy } from '../scene/thrown-by.ts'

const MOMENTS_IN_MS = [1, 5, 10, 20, 50, 100, 200, 400, 800]

/** An abort ends the caller's wait with the caller's own reason, and abandons nothing. */
export const cancellation: WriteChapter = ({ capabilities }) => ({
  title: 'cancellation',
  concurrent: true,
  tests: [
    promise('run() with an aborted signal throws its reason and makes nothing', async (scene) => {
      const reason = { whatever: 'the caller likes' }
      const thrown = await thrownBy(
        scene.run(scene.workloads.sleep(), {}, { signal: AbortSignal.abort(reason) }),
        'run()',
      )
      assert.equal(thrown, reason)
      await scene.assertNothingLeft('when run() has thrown')
    }),
    ...MOMENTS_IN_MS.map((moment) =>
      promise(
        `run() aborted after ${moment} ms throws the very reason, and by then nothing is left`,
        async (scene) => {
          const reason = new Error(`after ${moment} ms`)
          const controller = new AbortController()
          const timer = setTimeout(() => controller.abort(reason), moment)
          const spec = scene.spec(
            scene.workloads.httpServer({ port: 8080 }),
            groupOf(scene.capabilities, scene.workloads.sleep()),
          )
          const outcome = await scene.start(scene.provider, spec, { signal: controller.signal }).then(
            (run) => ({ run }),
            (error: unknown) => ({ error }),
          )
          clearTimeout(timer)
          // It was faster than the abort: the scene's end removes it.
          if ('run' in outcome) return
          assert.equal(outcome.error, reason)
          await scene.assertNothingLeft('when the aborted run() has thrown')
        },
      ),
    ),
    promise('ten runs aborted at once leave nothing', async (scene) => {
      const reason = new Error('all of them')
      const controller = new AbortController()
      const starting = Array.from({ length: 10 }, () =>
        scene.run(scene.workloads.sleep(), {}, { signal: controller.signal }),
      )
      await pause(60)
      controller.abort(reason)
      const outcomes = await Promise.allSettled(starting)
      for (const outcome of outcomes) if (outcome.status === 'rejected') assert.equal(outcome.reason, reason)
      const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
      await Promise.all(started.map((run) => run.remove()))
      await scene.assertNothingLeft('when all have settled')
    }),
    ...[0, 30, 300].map((moment) =>
      promise(
        `ready() aborted after ${moment} ms throws the very reason, and the run goes on`,
        async (scene) => {
          const run = await scene.run(scene.workloads.httpServer({ port: 8080, bootDelayInMs: 1_500 }))
          await assertAborts('ready()', moment, (signal) =>
            run.ready({ signal, probe: http('/', { port: 8080 }) }),
          )
          await run.ready()
        },
      ),
    ),
    waits('exited()', (run, signal) => run.exited({ signal })),
    waits('changes()', async (run, signal) => {
      for await (const _ of run.changes({ signal }));
    }),
    ...where(
      capabilities.logs,
      waits('a followed log', async (run, signal) => {
        for await (const _ of run.logs({ follow: true, signal }));
      }),
    ),
    ...where(
      capabilities.exec,
      waits('exec()', (run, signal) => run.exec(['sleep', '600'], { signal })),
    ),
    promise(
      'stop() aborted during its grace throws the very reason, and the run can still be removed',
      async (scene) => {
        const run = await scene.run(scene.workloads.shell(STAY_DEAF))
        await run.ready()
        await assertAborts('stop()', 200, (signal) => run.stop({ grace: '60s', signal }))
        await run.remove()
        await scene.assertNothingLeft('when remove() has resolved', run)
      },
    ),
    promise('remove() aborted throws the very reason, and the removal goes on', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const controller = new AbortController()
      const reason = new Error('cannot wait')
      const removing = thrownBy(run.remove({ signal: controller.signal }), 'the aborted remove()')
      controller.abort(reason)
      assert.equal(await removing, reason)
      await run.remove()
      await scene.assertNothingLeft('when the next remove() has resolved', run)
    }),
    promise('every call with an aborted signal throws its reason at once', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      const reason = new Error('before it began')
      const options = { signal: AbortSignal.abort(reason) }
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        placed: () => run.placed(options),
        ready: () => run.ready(options),
        exited: () => run.exited(options),
        stop: () => run.stop(options),
        remove: () => run.remove(options),
        refresh: () => run.refresh(options),
        renew: () => run.renew(options),
        handOver: () => run.handOver('keep', options),
        changes: () => Array.fromAsync(run.changes(options)),
        get: () => scene.provider.get(run.id, options),
        list: () => Array.fromAsync(scene.provider.list(options)),
        sweep: () => scene.provider.sweep(options),
        check: () => scene.provider.check(options),
        ...(capabilities.logs && { logs: () => Array.fromAsync(run.logs(options)) }),
        ...(capabilities.exec && {
          exec: () => run.exec(['true'], options),
          openExec: () => run.openExec(['true'], options),
        }),
        ...(capabilities.attach && { attach: () => run.attach(options) }),
        ...(capabilities.portForward && { portForward: () => run.portForward(80, options) }),
        ...(capabilities.copy && {
          copyIn: () => run.copyIn({ '/tmp/x': '' }, options),
          copyOut: () => run.copyOut('/tmp/x', options),
        }),
        ...(capabilities.restartRun && { restart: () => run.restart(options) }),
        ...(capabilities.metrics && { metrics: () => run.metrics(options) }),
      }
      const outcomes = await Promise.all(
        Object.entries(calls).map(async ([name, call]) => {
          const outcome = await call().then(
            () => 'it resolved',
            (error: unknown) => (error === reason ? 'the reason' : `another error: ${String(error)}`),
          )
          return [name, outcome] as const
        }),
      )
      assert.deepEqual(
        outcomes.filter(([, outcome]) => outcome !== 'the reason'),
        [],
      )
      await run.refresh()
      assert.equal(run.containers.main?.state, 'running', 'and none of them did anything')
    }),
    promise('calls that have ended leave no listener on the caller’s signal', async (scene) => {
      const { signal } = new AbortController()
      const run = await scene.run(scene.workloads.httpServer({ port: 8080 }), {}, { signal })
      await run.ready({ signal })
      await run.refresh({ signal })
      await scene.provider.get(run.id, { signal })
      if (capabilities.exec) await run.exec(['true'], { signal })
      if (capabilities.logs) await Array.fromAsync(run.logs({ signal }))
      await run.stop({ signal })
      await run.exited({ signal })
      await run.remove({ signal })
      assert.equal(getEventListeners(signal, 'abort').length, 0)
    }),
  ],
})

/** The more parts a start has, the more moments there are at which one could be abandoned. */
function groupOf(
  capabilities: Parameters<WriteChapter>[0]['capabilities'],
  sleep: ReturnType<Parameters<WriteChapter>[0]['world']['workloads']['sleep']>,
) {
  return {
    ...(capabilities.sidecars && { sidecars: { beside: sleep } }),
    ...(capabilities.volumes?.includes('empty') && {
      volumes: { scratch: { kind: 'empty' as const } },
      mounts: [{ volume: 'scratch', path: '/scratch' }],
    }),
  }
}

function waits(
  name: string,
  wait: (run: FullRun, signal: AbortSignal) => Promise<unknown>,
  moment = 200,
): ContractTest {
  return promise(`${name}, aborted, throws the very reason, and the run goes on`, async (scene) => {
    const run = await scene.run(scene.workloads.sleep())
    await run.ready()
    await assertAborts(name, moment, (signal) => wait(run, signal))
    await run.refresh()
    assert.equal(run.containers.main?.state, 'running')
  })
}

async function assertAborts(
  what: string,
  moment: number,
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const reason = new Error(`${what} is waited for no longer`)
  const controller = new AbortController()
  const thrown = thrownBy(call(controller.signal), `the aborted ${what}`)
  if (moment > 0) await pause(moment)
  controller.abort(reason)
  assert.equal(await thrown, reason)
}
