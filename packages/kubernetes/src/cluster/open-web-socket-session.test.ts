import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { ClusterClient } from './cluster-client.ts'
import { endpointAccess } from './endpoint-access.ts'
import { CHANNELS, openWebSocketSession } from './open-web-socket-session.ts'

/** The server's side of the protocol, as its description has it, with a real process behind it. */
const server = createServer((_asked, answer) => {
  answer.writeHead(403, { 'content-type': 'application/json' })
  answer.end(JSON.stringify({ kind: 'Status', message: 'not for you', reason: 'Forbidden' }))
})
const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => (offered.has(CHANNELS) ? CHANNELS : false),
})
server.on('upgrade', (asked, socket, head) => {
  const url = new URL(asked.url ?? '', 'http://server')
  if (url.pathname === '/refused') {
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno')
    return
  }
  sockets.handleUpgrade(asked, socket, head, (client) => {
    const [program = '', ...words] = url.searchParams.getAll('command')
    const child = spawn(program, words)
    child.stdin.on('error', () => {})
    child.stdout.on('data', (chunk: Buffer) => client.send(Buffer.concat([Buffer.from([1]), chunk])))
    child.stderr.on('data', (chunk: Buffer) => client.send(Buffer.concat([Buffer.from([2]), chunk])))
    client.on('message', (message: Buffer) => {
      if (message[0] === 0) child.stdin.write(message.subarray(1))
      if (message[0] === 255 && message[1] === 0) child.stdin.end()
    })
    client.on('close', () => child.kill())
    child.on('close', (code) => {
      const cause = { reason: 'ExitCode', message: String(code) }
      const status =
        code === 0
          ? { status: 'Success' }
          : { status: 'Failure', reason: 'NonZeroExitCode', details: { causes: [cause] } }
      client.send(Buffer.concat([Buffer.from([3]), Buffer.from(JSON.stringify(status))]))
      client.close()
    })
  })
})

describe('openWebSocketSession', () => {
  let client: ClusterClient
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const access = endpointAccess({ server: `http://127.0.0.1:${port}`, token: async () => 'x' })
    client = new ClusterClient(async () => access)
  })
  afterAll(() => server.close())

  const open = (...command: string[]) =>
    openWebSocketSession(
      client,
      { method: 'POST', path: '/exec', query: { command } },
      { stdin: true, tty: false },
    )

  it('ends the input, and gives both outputs, every byte and the exit code', async () => {
    const session = await open('sh', '-c', 'cat; echo oops >&2; exit 3')
    const bytes = Buffer.alloc(2_000_000, 'x')
    session.stdin.end(bytes)
    const [stdout, stderr] = await Promise.all([text(session.stdout), text(session.stderr)])
    expect([stdout.length, stderr]).toEqual([bytes.length, 'oops\n'])
    expect(await session.ended).toMatchObject({ details: { causes: [{ message: '3' }] } })
    expect(session.firstWords()).toMatch(/^x+$/)
  })

  it('can be left', async () => {
    const session = await open('cat')
    session.close()
    expect(await session.ended).toEqual({})
  })

  it('tells what a server that refuses it says', async () => {
    const refused = openWebSocketSession(
      client,
      { method: 'POST', path: '/refused' },
      { stdin: false, tty: false },
    )
    await expect(refused).rejects.toMatchObject({ status: 403 })
  })
})
