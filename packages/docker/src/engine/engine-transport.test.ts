import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngineClient, type EngineClient, type EngineClientOptions } from './engine-client.ts'
import type { EngineError } from './engine-error.ts'
import { processSurroundings } from './engine-surroundings.ts'
import type { EngineAnswer } from './engine-transport.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A real HTTP server in the engine's place, for what a healthy engine cannot be made to do. */
async function serve(handler: Handler, configure: (server: Server) => void = () => {}): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('api-version', '1.41')
    handler(request, response)
  })
  configure(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function client(host: string, options: EngineClientOptions = {}): EngineClient {
  const engine = createEngineClient({ host, ...options })
  cleanups.push(engine.close)
  return engine
}

const json = (response: ServerResponse, body: unknown) => response.end(JSON.stringify(body))

async function failure(promise: Promise<unknown>): Promise<EngineError> {
  return promise.then(
    () => expect.unreachable('it succeeded'),
    (error) => error,
  )
}

describe('the API version', () => {
  it('is negotiated once for concurrent calls, and not at all for events and version', async () => {
    const paths: (string | undefined)[] = []
    const engine = client(
      await serve((request, response) => {
        paths.push(request.url)
        json(response, [])
      }),
    )
    await engine.version()
    expect(paths).toEqual(['/version'])
    await Promise.all([engine.containers.list(), engine.containers.list(), engine.images.list()])
    expect(paths.filter((path) => path === '/_ping')).toHaveLength(1)
    expect(paths.slice(2).sort()).toEqual([
      '/v1.41/containers/json',
      '/v1.41/containers/json',
      '/v1.41/images/json',
    ])
  })
  it('is that of DOCKER_API_VERSION or the option', async () => {
    const paths: (string | undefined)[] = []
    const host = await serve((request, response) => {
      paths.push(request.url)
      json(response, [])
    })
    await client(host, { apiVersion: '1.30' }).containers.list()
    const surroundings = { ...(await processSurroundings()), environment: { DOCKER_API_VERSION: '1.31' } }
    await client(host, { surroundings }).containers.list()
    expect(paths).toEqual(['/v1.30/containers/json', '/v1.31/containers/json'])
  })
  it('is left out where a proxy forbids the ping', async () => {
    const host = await serve((request, response) => {
      response.removeHeader('api-version')
      response.statusCode = request.url === '/_ping' ? 403 : 200
      json(response, [request.url])
    })
    expect(await client(host).containers.list()).toEqual(['/containers/json'])
  })
  it('is asked for again after a failure, and not lost to the abort of one caller', async () => {
    let pings = 0
    const host = await serve((request, response) => {
      if (request.url === '/_ping' && ++pings === 1) request.socket.destroy()
      else setTimeout(() => json(response, []), 50)
    })
    const engine = client(host)
    expect(await failure(engine.containers.list())).toMatchObject({ code: 'ECONNRESET', sent: true })
    const aborter = new AbortController()
    const aborted = engine.containers.list({ signal: aborter.signal })
    const other = engine.containers.list()
    aborter.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    expect(await other).toEqual([])
    expect(pings).toBe(2)
  })
})

describe('a kept connection that the engine closed as it was used', () => {
  /** Answers the first two requests of a connection (ping and one more), resets it at the third. */
  async function resettingServer() {
    const seen: string[] = []
    const perConnection = new WeakMap<Socket, number>()
    const host = await serve((request, response) => {
      const count = (perConnection.get(request.socket) ?? 0) + 1
      perConnection.set(request.socket, count)
      seen.push(`${request.method} ${request.url}`)
      if (count === 3) request.socket.resetAndDestroy()
      else json(response, [])
    })
    return { seen, engine: client(host) }
  }
  it('is replaced once for a read', async () => {
    const { seen, engine } = await resettingServer()
    await engine.containers.list()
    expect(await engine.containers.list()).toEqual([])
    expect(seen).toHaveLength(4)
  })
  it('is an error with unknown outcome for what must not happen twice', async () => {
    const { seen, engine } = await resettingServer()
    await engine.containers.list()
    expect(await failure(engine.containers.create({ Image: 'a' }))).toMatchObject({
      code: 'ECONNRESET',
      sent: true,
      method: 'POST',
      path: '/containers/create',
    })
    expect(seen).toHaveLength(3)
  })
  it('is no reason to try again when the connection was new', async () => {
    let requests = 0
    const host = await serve((request) => {
      requests++
      request.socket.resetAndDestroy()
    })
    expect(await failure(client(host, { apiVersion: '1.41' }).containers.list())).toMatchObject({
      sent: true,
    })
    expect(requests).toBe(1)
  })
})

describe('errors', () => {
  it('tell what the engine said', async () => {
    const host = await serve((_, response) => {
      response.statusCode = 409
      json(response, { message: 'name is taken' })
    })
    const error = await failure(client(host).containers.create({ Image: 'a' }, { name: 'b' }))
    expect(error).toMatchObject({ name: 'EngineError', status: 409, sent: true, code: undefined })
    expect(error.message).toBe('POST /containers/create failed with 409: name is taken')
  })
  it('tell that nothing was sent, where, and what to do', async () => {
    const error = await failure(client('unix:///nowhere/engine.sock').containers.list())
    expect(error).toMatchObject({ code: 'ENOENT', sent: false })
    expect(error.message).toContain(
      'unix:///nowhere/engine.sock (from the host option) cannot be reached: ENOENT',
    )
    expect(await failure(client('tcp://127.0.0.1:1').ping())).toMatchObject({
      code: 'ECONNREFUSED',
      sent: false,
    })
  })
})

describe('an answer that is cut off or no JSON', () => {
  it('is an EngineError', async () => {
    const host = await serve((request, response) => {
      if (request.url?.includes('info')) {
        response.writeHead(200, { 'content-length': 100 }).write('{')
        setTimeout(() => request.socket.destroy(), 10)
      } else response.end('<html>')
    })
    const engine = client(host, { apiVersion: '1.41' })
    expect(await failure(engine.info())).toMatchObject({
      name: 'EngineError',
      code: 'ECONNRESET',
      sent: true,
    })
    expect((await failure(engine.containers.list())).message).toContain('is it a container engine?')
  })
})

describe('bodies that come as a stream', () => {
  async function* chunks(count: number, onEnd: () => void = () => {}): AsyncGenerator<Uint8Array, void> {
    try {
      for (let index = 0; index < count; index++) yield new Uint8Array(65536).fill(index)
    } finally {
      onEnd()
    }
  }
  it('arrive whole', async () => {
    let received = 0
    const host = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.length
      })
      request.on('end', () => response.end())
    })
    await client(host).containers.putArchive('a', '/', chunks(100))
    expect(received).toBe(100 * 65536)
  })
  it('are let go of when the engine refuses, and its reason is not lost', async () => {
    const host = await serve(
      () => {},
      (server) =>
        server.on('checkContinue', (_request: IncomingMessage, response: ServerResponse) => {
          response.statusCode = 404
          json(response, { message: 'no such container' })
        }),
    )
    let taken = true
    const promise = client(host, { apiVersion: '1.41' }).containers.putArchive('a', '/', {
      [Symbol.asyncIterator]() {
        return {
          next: async () => ({ done: false, value: new Uint8Array(65536) }),
          return: async () => {
            taken = false
            return { done: true, value: undefined }
          },
        }
      },
    })
    expect(await failure(promise)).toMatchObject({ status: 404 })
    await expect.poll(() => taken).toBe(false)
  })
  it('that fail reject the call with their own error', async () => {
    const host = await serve((request) => request.resume())
    async function* failing(): AsyncGenerator<Uint8Array, void> {
      yield new Uint8Array(10)
      throw new Error('the disk is full')
    }
    await expect(
      client(host, { apiVersion: '1.41' }).containers.putArchive('a', '/', failing()),
    ).rejects.toThrow('the disk is full')
  })
  it('go to servers that never say continue', async () => {
    const received: string[] = []
    const server = createTcpServer((socket) => {
      socket.setEncoding('latin1').on('data', (part: string) => {
        received.push(part)
        if (part.endsWith('0\r\n\r\n')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => server.close())
    const host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
    await client(host, { apiVersion: '1.41' }).containers.putArchive('a', '/', chunks(1))
    expect(received.join('').length).toBeGreaterThan(65536)
  })
})

describe('aborting', () => {
  it('rejects with the reason whatever it is, before and during the call, and closes the connection', async () => {
    const closed: Promise<unknown>[] = []
    const host = await serve((request) => {
      closed.push(new Promise((resolve) => request.socket.once('close', resolve)))
    })
    const engine = client(host, { apiVersion: '1.41' })
    for (const reason of ['text', new Error('reason'), null]) {
      await expect(engine.info({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
      const aborter = new AbortController()
      const call = engine.info({ signal: aborter.signal })
      await expect.poll(() => closed.length).toBeGreaterThan(0)
      aborter.abort(reason)
      await expect(call).rejects.toBe(reason)
      await closed.pop()
    }
  })
  it('rejects in the midst of a body', async () => {
    const host = await serve((_, response) => {
      response.write('[')
    })
    const aborter = new AbortController()
    const options: EngineClientOptions = {
      apiVersion: '1.41',
      onAnswer: () => setTimeout(() => aborter.abort('late'), 10),
    }
    await expect(client(host, options).containers.list({ signal: aborter.signal })).rejects.toBe('late')
  })
  it('leaves no listeners behind on a signal that lives long', async () => {
    const host = await serve((_, response) => json(response, []))
    const engine = client(host)
    const { signal } = new AbortController()
    const warnings: Error[] = []
    const note = (warning: Error) => warnings.push(warning)
    process.on('warning', note)
    let listening = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (...parameters: Parameters<typeof addEventListener>) => {
      listening++
      addEventListener.apply(signal, parameters)
    }
    signal.removeEventListener = (...parameters: Parameters<typeof removeEventListener>) => {
      listening--
      removeEventListener.apply(signal, parameters)
    }
    await Promise.all(Array.from({ length: 40 }, () => engine.containers.list({ signal })))
    await expect.poll(() => listening).toBe(0)
    process.off('warning', note)
    expect(warnings).toEqual([])
  })
})

it('tells when each answer came, with the headers that date it', async () => {
  const answers: EngineAnswer[] = []
  const host = await serve(async (_, response) => {
    await sleep(20)
    response.setHeader('age', '7')
    json(response, [])
  })
  const before = performance.now()
  await client(host, { onAnswer: (answer) => answers.push(answer) }).containers.list()
  expect(answers.map(({ method, path, status, age }) => [method, path, status, age])).toEqual([
    ['GET', '/_ping', 200, '7'],
    ['GET', '/containers/json', 200, '7'],
  ])
  for (const { sentAt, receivedAt, date } of answers) {
    expect(sentAt).toBeGreaterThan(before)
    expect(receivedAt - sentAt).toBeGreaterThanOrEqual(18)
    expect(Number.isNaN(Date.parse(date ?? ''))).toBe(false)
  }
})

it('keeps connections, and not too many of them', async () => {
  const sockets = new Set<Socket>()
  const host = await serve(async (request, response) => {
    sockets.add(request.socket)
    await sleep(20)
    json(response, [])
  })
  const engine = client(host)
  await engine.containers.list()
  await engine.containers.list()
  expect(sockets.size).toBe(1)
  await Promise.all(Array.from({ length: 50 }, () => engine.containers.list()))
  expect(sockets.size).toBe(50)
  await expect.poll(() => [...sockets].filter((socket) => !socket.destroyed).length).toBeLessThanOrEqual(32)
})

it('does not mistake a server for an engine that answered an upgrade without upgrading', async () => {
  const host = await serve((request, response) => {
    response.statusCode = 500
    request.resume()
    json(response, { message: 'not today' })
  })
  const error = await failure(client(host).exec.start('a', { tty: false }))
  expect(error.message).toContain('not today')
})
