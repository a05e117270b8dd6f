import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { eventually, linesOf, textOf, useBackend, worlds } from './worlds.ts'

const [world] = worlds
if (world === undefined) throw new Error('backend process is always there')
const forTest = useBackend(world)
const { pod: newPod, script, server } = forTest

it('says what addresses there are', () => {
  expect(forTest.backend).toMatchObject({ kind: 'process', addressing: 'loopback addresses of their own' })
})

it('maps a port that somebody serves on every address of the machine', async () => {
  const stranger = createServer().listen(0, '0.0.0.0')
  await once(stranger, 'listening')
  const { port } = stranger.address() as AddressInfo
  const pod = await newPod({ ports: [{ port, protocol: 'tcp' }] })
  const address = pod.address({ port, protocol: 'tcp' })
  expect(address).toEqual({ host: pod.host, port: expect.any(Number), mapped: true })
  expect(address.port).not.toBe(port)
  await pod.start(server(port))
  await eventually(() => answerOf(`http://${address.host}:${address.port}`)).toBe('hello')
  stranger.close()
})

it('tells each program its own port first, and those of the pod', async () => {
  const [web, admin] = [80, 8080].map((port) => ({ port, protocol: 'tcp' as const }))
  if (web === undefined || admin === undefined) throw new Error('two ports')
  const pod = await newPod({ ports: [web, admin] })
  const tell = 'echo $HOST $PORT $PORT_80 $PORT_8080'
  await pod.start(script(tell, { name: 'one' }))
  await pod.start(script(tell, { name: 'two', ports: [admin] }))
  for (const name of ['one', 'two']) await pod.ended(name)
  expect(await linesOf(pod, {}, 'one')).toEqual([`o ${pod.host} 80 80 8080`])
  expect(await linesOf(pod, {}, 'two')).toEqual([`o ${pod.host} 8080 80 8080`])
})

it("serves an image's own port where none is declared", async () => {
  const pod = await newPod()
  await pod.start({ name: 'main', image: 'berth/hello', env: {}, mounts: [] })
  await eventually(() => answerOf(`http://${pod.host}/`)).toBe('hello')
})

it('gives both outputs as one where a terminal is asked for', async () => {
  const pod = await newPod()
  await pod.start(script('sleep 100'))
  const command = ['sh', '-c', 'echo one; sleep 0.1; echo two >&2']
  const execution = await pod.exec('main', command, { tty: true, stdin: false })
  expect(await Promise.all([textOf(execution.stdout), textOf(execution.stderr)])).toEqual(['one\ntwo\n', ''])
})

async function answerOf(url: string): Promise<string | undefined> {
  return fetch(url)
    .then((response) => response.text())
    .catch(() => undefined)
}
