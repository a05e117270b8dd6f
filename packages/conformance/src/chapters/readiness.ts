import assert from 'node:assert/strict'
import { all, any, exec, exited, health, http, log, type Probe, started, tcp } from '@berth/core'
import { type ContractTest, promise, type WriteChapter, where } from '../scene/chapter.ts'
import type { FullSpec } from '../scene/full-capabilities.ts'
import type { Scene } from '../scene/scene.ts'
import { STAY } from '../scene/stay.ts'
import type { Workload } from '../world.ts'

const BOOT_IN_MS = 400

/** How readiness is found, by each kind of probe. */
export const readiness: WriteChapter = ({ capabilities }) => ({
  title: 'readiness',
  concurrent: true,
  tests: [
    answers('http: when it answers with an expected status', http('/')),
    answers('http: at another status, when that is expected', http('/missing', { status: 404 })),
    answers('http: when the body holds the text', http('/', { body: 'hell' })),
    answers('tcp: when the port takes a connection', tcp(8080)),
    answers('the first tcp port is the default', undefined),
    becomes('started: when the first process runs', (scene) => scene.workloads.sleep(), started()),
    becomes(
      'a run without a port is ready when it has started',
      (scene) => scene.workloads.sleep(),
      undefined,
    ),
    ...where(
      capabilities.logs,
      becomes(
        'log: when a line matches, whatever stood before it',
        (scene) => scene.workloads.shell(`echo booting; sleep 0.3; echo "now listening on 80"; ${STAY}`),
        log('listening on'),
      ),
      becomes(
        'log: by an expression, so many times',
        (scene) => scene.workloads.shell(`for n in 1 2 3; do echo "step $n"; sleep 0.1; done; ${STAY}`),
        log(/^step \d$/, { times: 3 }),
      ),
      becomes(
        'log: a line of stderr counts too',
        (scene) => scene.workloads.shell(`sleep 0.2; echo ready >&2; ${STAY}`),
        log('ready'),
      ),
      becomes(
        'log: when a job has printed it and is over',
        (scene) => scene.workloads.shell('echo done'),
        log('done'),
      ),
    ),
    ...where(
      capabilities.exec && capabilities.exec.exitCode !== 'none',
      becomes(
        'exec: when a command inside exits with 0',
        (scene) => scene.workloads.shell(`sleep 0.4; : > "$BERTH_ROOT/tmp/up"; ${STAY}`),
        exec(['sh', '-c', 'test -e "$BERTH_ROOT/tmp/up"']),
      ),
    ),
    ...where(
      capabilities.health,
      becomes(
        'health: when the cloud says healthy',
        (scene) => scene.workloads.shell(`sleep 0.4; : > "$BERTH_ROOT/tmp/up"; ${STAY}`),
        health(),
        {
          health: {
            probe: { kind: 'exec', command: ['sh', '-c', 'test -e "$BERTH_ROOT/tmp/up"'] },
            interval: '1s',
            retries: 30,
          },
        },
      ),
    ),
    ...where(
      capabilities.exitCode === 'native',
      becomes('exited: when a job has ended with 0', (scene) => scene.workloads.shell('sleep 0.2'), exited()),
      becomes(
        'exited: with the code that is expected',
        (scene) => scene.workloads.shell('exit 3'),
        exited(3),
      ),
    ),
    answers('all: when each has succeeded', all(tcp(8080), http('/'), started())),
    answers('any: when one has succeeded, whatever becomes of the others', any(http('/missing'), http('/'))),
    promise('ready() takes another probe than the spec’s', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080 }), { ready: started() })
      await run.ready()
      await run.ready({ probe: http('/') })
      await run.ready({ probe: http('/missing', { status: 404 }) })
    }),
    promise('ready() may be awaited by many and again', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080, bootDelayInMs: BOOT_IN_MS }))
      await Promise.all([run.ready(), run.ready(), run.ready()])
      await run.ready()
    }),
    promise('another process finds it ready too', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080 }))
      const same = await scene.find(run.id)
      await same.ready({ probe: http('/', { port: 8080 }) })
      assert.equal(same.state, 'ready')
    }),
  ],
})

/** An HTTP server that boots slowly must answer at the instant at which ready() resolves, and not be called ready before. */
function answers(name: string, probe: Probe | undefined): ContractTest {
  return promise(name, async (scene) => {
    const server = scene.workloads.httpServer({ port: 8080, bootDelayInMs: BOOT_IN_MS, body: 'hello' })
    const calledAt = performance.now()
    const run = await scene.run(server, probe && { ready: probe })
    await run.ready({ timeout: '30s' })
    const waitedInMs = performance.now() - calledAt
    assert.ok(
      waitedInMs >= BOOT_IN_MS,
      `ready after ${waitedInMs} ms, but it does not listen before ${BOOT_IN_MS} ms`,
    )
    assert.equal(run.state, 'ready')
    const response = await fetch(new URL('/', run.url))
    assert.equal(response.status, 200)
    assert.equal(await response.text(), 'hello')
  })
}

function becomes(
  name: string,
  workload: (scene: Scene) => Workload,
  probe: Probe | undefined,
  more: Partial<FullSpec> = {},
): ContractTest {
  return promise(name, async (scene) => {
    const run = await scene.run(workload(scene), { ...more, ...(probe && { ready: probe }) })
    await run.ready({ timeout: '30s' })
    assert.ok(run.timeline.total !== undefined && run.timeline.total > 0, 'and the timeline has its total')
  })
}
