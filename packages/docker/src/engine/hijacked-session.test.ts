import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createEngineClient, type EngineClient, type EngineClientOptions } from './engine-client.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

const switching = 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}

async function listen(server: Server, onUpgrade: (socket: Duplex) => void): Promise<string> {
  server.on('upgrade', (_request, socket) => {
    socket.on('error', () => {})
    onUpgrade(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function client(options: EngineClientOptions): EngineClient {
  const engine = createEngineClient({ apiVersion: '1.41', ...options })
  cleanups.push(engine.close)
  return engine
}

async function session(onUpgrade: (socket: Duplex) => void, tty = false) {
  const address = await listen(createServer(), onUpgrade)
  return client({ host: `tcp://${address}` }).exec.start('a', { tty })
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += Buffer.from(chunk).toString()
  return text
}

describe('a session', () => {
  it('takes bytes that came together with the upgrade', async () => {
    const { stdout, stderr, closed } = await session((socket) =>
      socket.end(Buffer.concat([Buffer.from(switching), frame(1, 'early'), frame(2, 'error')])),
    )
    expect(await Promise.all([read(stdout), read(stderr)])).toEqual(['early', 'error'])
    await closed
  })

  it('that ends within a frame fails', async () => {
    const { stdout, closed } = await session((socket) =>
      socket.end(Buffer.concat([Buffer.from(switching), frame(1, 'half a frame').subarray(0, 12)])),
    )
    await expect(read(stdout)).rejects.toThrow('POST /exec/a/start failed in the midst of its answer')
    await expect(closed).rejects.toMatchObject({ name: 'EngineError', sent: true })
  })

  it('whose connection breaks fails with its code', async () => {
    const { stdout, closed } = await session((socket) => {
      socket.write(Buffer.concat([Buffer.from(switching), frame(1, 'so far')]))
      setTimeout(() => (socket as Duplex & { resetAndDestroy(): void }).resetAndDestroy(), 30)
    })
    await expect(read(stdout)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect(closed).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('in which the engine reports an error fails with it', async () => {
    const { closed } = await session((socket) =>
      socket.write(Buffer.concat([Buffer.from(switching), frame(3, 'no space left')])),
    )
    await expect(closed).rejects.toThrow('the engine reports: no space left')
  })

  it('with a terminal is raw', async () => {
    const { stdout, stderr } = await session((socket) => socket.end(`${switching}\x01\x02raw`), true)
    expect(await Promise.all([read(stdout), read(stderr)])).toEqual(['\x01\x02raw', ''])
  })
})

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.skipIf(!hasOpenssl())('over TLS with client certificates', () => {
  let folder: string
  let files: { key: string; cert: string; other: string }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-tls-'))
    const make = (name: string) =>
      execFileSync(
        'openssl',
        [
          ...[
            'req',
            '-x509',
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:prime256v1',
            '-nodes',
            '-days',
            '1',
          ],
          ...[
            '-subj',
            '/CN=engine',
            '-addext',
            'subjectAltName=IP:127.0.0.1',
            '-keyout',
            `${name}-key.pem`,
            '-out',
            `${name}.pem`,
          ],
        ],
        { cwd: folder, stdio: 'ignore' },
      )
    make('engine')
    make('other')
    files = {
      key: join(folder, 'engine-key.pem'),
      cert: join(folder, 'engine.pem'),
      other: join(folder, 'other.pem'),
    }
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function engine(tls: { caFile: string; certFile?: string; keyFile?: string }): Promise<EngineClient> {
    const [key, cert] = await Promise.all([readFile(files.key), readFile(files.cert)])
    const server = createTlsServer(
      { key, cert, ca: cert, requestCert: true, allowHalfOpen: true },
      (_request, response) => response.end('[]'),
    )
    const address = await listen(server as unknown as Server, async (socket) => {
      socket.write(switching)
      // answers only once the client has closed its side: the half-close of stdin
      socket.end(frame(1, `got ${await read(socket)}`))
    })
    const port = Number(address.split(':')[1])
    const endpoint = {
      kind: 'tcp',
      address,
      source: 'the test',
      host: '127.0.0.1',
      port,
      basePath: '',
    } as const
    return client({ endpoint: { ...endpoint, tls: { verify: true, ...tls } } })
  }

  it('calls and sessions work, stdin closed by itself included', async () => {
    const trusted = await engine({ caFile: files.cert, certFile: files.cert, keyFile: files.key })
    expect(await trusted.containers.list()).toEqual([])
    const { stdin, stdout, closed } = await trusted.exec.start('a', { tty: false })
    stdin.end('input')
    expect(await read(stdout)).toBe('got input')
    await closed
  })

  it('an engine with another certificate is refused before anything is sent', async () => {
    const suspicious = await engine({ caFile: files.other, certFile: files.cert, keyFile: files.key })
    const error = await suspicious.containers.create({ Image: 'a' }).catch((error: unknown) => error)
    expect(error).toMatchObject({ name: 'EngineError', sent: false })
    expect(String(error)).toContain('its certificate is not trusted')
  })

  it('an engine that wants a certificate refuses us without one', async () => {
    const anonymous = await engine({ caFile: files.cert })
    await expect(anonymous.containers.list()).rejects.toMatchObject({ name: 'EngineError' })
  })
})
