import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processRunner } from '../../src/runner/index.ts'
import { reservePort } from '../../src/runner/reserve-port.ts'
import { temporaryRunner, until } from './temporary-runner.ts'

describe('a reserved port', () => {
  it('refuses connections, is given to nobody, and can be listened on again and again', async () => {
    const reservation = await reservePort('127.0.0.1', 0)
    const [error] = await once(connect(reservation.port, '127.0.0.1'), 'error')
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
    const others = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const server = createServer().listen(0, '127.0.0.1')
        await once(server, 'listening')
        return server
      }),
    )
    expect(others.map((server) => server.address())).not.toContainEqual(
      expect.objectContaining({ port: reservation.port }),
    )
    for (const server of others) server.close()
    for (let round = 0; round < 3; round++) {
      const server = createServer((socket) => socket.end('hi')).listen(reservation.port, '127.0.0.1')
      await once(server, 'listening')
      const [chunk] = await once(connect(reservation.port, '127.0.0.1'), 'data')
      expect(chunk.toString()).toBe('hi')
      server.close()
      await once(server, 'close')
    }
    reservation.release()
  })

  it('is refused where a server has it', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(reservePort('127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    server.close()
  })

  it.runIf(process.platform === 'linux')("can be the container's own, on an address of its own", async () => {
    await using runner = await temporaryRunner()
    const address = '127.77.3.4'
    const ports = [{ containerPort: 8080, hostPort: 8080 }]
    await runner.create({
      name: 'web',
      address,
      containers: [{ name: 'server', image: 'berth/hello', ports }],
    })
    const answer = await until(() => fetch(`http://${address}:8080/`).catch(() => null))
    expect(await answer.text()).toBe('hello')
  })
})

describe('a state directory', () => {
  it('may have a path too long for sockets', async () => {
    const base = await mkdtemp(join(tmpdir(), 'berth-test-'))
    const runner = processRunner({ directory: join(base, 'a'.repeat(100)) })
    await runner.create({
      name: 'group',
      containers: [{ name: 'main', image: 'berth/shell', command: ['sleep', '60'] }],
    })
    expect(await runner.stop('group')).toMatchObject({ containers: [{ termination: { signal: 'SIGTERM' } }] })
    await runner.remove('group')
    await rm(base, { recursive: true })
  })
})
