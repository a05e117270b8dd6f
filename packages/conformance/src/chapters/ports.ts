import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tcp } from '@berth/core'
import { promise, type WriteChapter, where } from '../scene/chapter.ts'
import { eventually } from '../scene/eventually.ts'
import { STAY } from '../scene/stay.ts'

/** Where a run can be reached. */
export const ports: WriteChapter = ({ capabilities, world }) => ({
  title: 'ports and addresses',
  concurrent: true,
  tests: [
    promise('url and address() name a place that really answers', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080, body: 'here' }))
      await run.ready()
      const address = run.address(8080)
      assert.equal(address.containerPort, 8080)
      assert.equal(address.protocol, 'tcp')
      assert.ok(
        capabilities.expose.includes(address.exposure),
        `exposure '${address.exposure}' is one of the capabilities`,
      )
      if (capabilities.ports === 'same') assert.equal(address.port, 8080)
      const host = address.host.includes(':') ? `[${address.host}]` : address.host
      assert.equal(run.url, `http://${host}:${address.port}`)
      assert.equal(await (await fetch(run.url ?? '')).text(), 'here')
    }),
    promise('two ports have two addresses', async (scene) => {
      const server = scene.workloads.httpServer({ port: 8080, body: 'first' })
      const run = await scene.run(server, {
        ports: [8080, { port: 9090, protocol: 'tcp' }],
        ready: tcp(8080),
      })
      await run.ready()
      assert.notEqual(run.address(8080).port, run.address(9090).port)
      assert.equal(new URL(run.url ?? '').port, String(run.address(8080).port), 'url is the first port’s')
      assert.equal(await (await fetch(run.url ?? '')).text(), 'first')
    }),
    promise('address() of a port that the run has not is not found', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080 }))
      await run.ready()
      const error = await scene.errorOf(
        (async () => run.address(81))(),
        'address() of an unknown port',
        'not-found',
      )
      assert.match(error.message, /81/)
      assert.match(error.message, /8080/)
    }),
    promise('a run without ports has no url and no address', async (scene) => {
      const run = await scene.run(scene.workloads.sleep())
      await run.ready()
      assert.equal(run.url, undefined)
      assert.deepEqual(run.addresses, [])
    }),
    promise('another process finds the same addresses', async (scene) => {
      const run = await scene.run(scene.workloads.httpServer({ port: 8080 }))
      await run.ready()
      const same = await scene.find(run.id)
      assert.deepEqual(same.addresses, run.addresses)
      assert.equal(same.url, run.url)
    }),
    promise('two runs with the same port do not get in each other’s way', async (scene) => {
      const [one, two] = await Promise.all(
        ['one', 'two'].map((body) => scene.run(scene.workloads.httpServer({ port: 8080, body }))),
      )
      await Promise.all([one?.ready(), two?.ready()])
      assert.equal(await (await fetch(one?.url ?? '')).text(), 'one')
      assert.equal(await (await fetch(two?.url ?? '')).text(), 'two')
    }),
    promise('the same port twice is refused', async (scene) => {
      await scene.errorOf(
        scene.run(scene.workloads.sleep(), { ports: [8080, 8080] }),
        'run() with one port twice',
        'invalid-spec',
      )
    }),
    ...where(
      capabilities.sidecars,
      promise('a sidecar’s port has an address too', async (scene) => {
        const run = await scene.run(scene.workloads.shell(STAY), {
          sidecars: { web: scene.workloads.httpServer({ port: 8080, body: 'from beside' }) },
          ready: tcp(8080),
        })
        await run.ready({ timeout: '20s' })
        const { host, port } = run.address(8080)
        assert.equal(await (await fetch(`http://${host}:${port}/`)).text(), 'from beside')
      }),
    ),
    ...where(
      world.workloads.udpEcho,
      promise('udp: a datagram goes there and back', async (scene) => {
        const workload = scene.workloads.udpEcho?.(5353)
        assert.ok(workload !== undefined)
        const run = await scene.run(workload, { ports: [{ port: 5353, protocol: 'udp' }] })
        await run.ready()
        const { host, port, protocol } = run.address(5353)
        assert.equal(protocol, 'udp')
        await eventually(async () => assert.equal(await echoOf(host, port), 'ping'))
      }),
    ),
    ...where(
      capabilities.publish,
      promise(
        'publish: the port outside is the one asked for, and asked for twice is a conflict',
        async (scene) => {
          const publish = await freePort()
          const server = { ...scene.workloads.httpServer({ port: 8080 }), ports: [{ port: 8080, publish }] }
          const run = await scene.run(server)
          await run.ready()
          assert.equal(run.address(8080).port, publish)
          const error = await scene.errorOf(
            scene.run(server).then((second) => second.ready({ timeout: '30s' })),
            'a second run at the same port',
            'conflict',
          )
          assert.match(error.message, new RegExp(String(publish)))
          assert.equal((await fetch(run.url ?? '')).status, 200, 'and the first is as it was')
        },
      ),
    ),
    ...where(
      capabilities.portForward,
      promise('portForward: a port of this machine leads to one of the run', async (scene) => {
        const run = await scene.run(scene.workloads.httpServer({ port: 8080, body: 'through' }))
        await run.ready()
        await using tunnel = await run.portForward(8080)
        const url = `http://${tunnel.host}:${tunnel.port}/`
        assert.equal(await (await fetch(url, { headers: { connection: 'close' } })).text(), 'through')
        const all = await Promise.all(Array.from({ length: 5 }, async () => (await fetch(url)).text()))
        assert.deepEqual(all, Array(5).fill('through'))
        await tunnel.close()
        await assert.rejects(fetch(url), 'a closed tunnel takes no connection')
      }),
    ),
  ],
})

async function echoOf(host: string, port: number): Promise<string> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  try {
    socket.send('ping', port, host)
    const [message] = (await once(socket, 'message', { signal: AbortSignal.timeout(1_000) })) as [Buffer]
    return message.toString()
  } finally {
    socket.close()
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}
