import { spawn } from 'node:child_process'
import { createServer } from 'node:https'
import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BerthError } from '../errors/berth-error.ts'
import { http } from './probes.ts'
import { leftovers } from './testing/active-handles.ts'
import { failsWith } from './testing/fails-with.ts'
import { LoopbackServers } from './testing/loopback-servers.ts'
import { addressAt, ObservedRun } from './testing/observed-run.ts'
import { selfSignedCertificate } from './testing/self-signed-certificate.ts'
import { waitUntilReady } from './wait-until-ready.ts'

let servers: LoopbackServers
beforeEach(() => {
  servers = new LoopbackServers()
})
afterEach(() => servers[Symbol.asyncDispose]())

/** A server in a process of its own which listens after so long, and prints the wall time at which it does. */
function bootLate(port: number, delayInMs: number) {
  const script = `setTimeout(() => require('node:http').createServer((_, response) => response.end('up'))
    .listen(${port}, '127.0.0.1', () => console.log(performance.timeOrigin + performance.now())), ${delayInMs})`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const listening = new Promise<number>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()) - performance.timeOrigin))
  })
  return { listening, [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

describe('waitUntilReady with http()', () => {
  it('succeeds with the first answer, and says how', async () => {
    const requests: string[] = []
    const port = await servers.http((request, response) => {
      requests.push(`${request.method} ${request.url} ${request.headers.host} ${request.headers['x-probe']}`)
      response.end('hello')
    })
    const before = performance.now()
    const readiness = await waitUntilReady(
      http('/up?full=1', { headers: { 'X-Probe': 'yes' } }),
      ObservedRun.at(port),
    )
    expect(requests[0]).toBe(`GET /up?full=1 127.0.0.1:${port} yes`)
    expect(readiness.description).toBe(`GET http://127.0.0.1:${port}/up?full=1 answered 200`)
    expect(readiness.source).toBe('http probe')
    expect(readiness.bounds.upper).toBeGreaterThan(before)
    expect(readiness.bounds.upper).toBeLessThanOrEqual(performance.now())
    expect(readiness.bounds.unsteady).toBe(false)
    expect(readiness.attempts.sent).toBeGreaterThanOrEqual(1)
    expect(readiness.connected).toMatchObject({ mark: 'connected', kind: 'sighting', earliest: undefined })
  })

  it('brackets the truth of a server that boots late', async () => {
    const port = await servers.freePort()
    using booting = bootLate(port, 300)
    const readiness = await waitUntilReady(http(), ObservedRun.at(port))
    const { lower, upper } = readiness.bounds
    // The two processes' clocks agree to well under a millisecond on one machine; NTP may step them by a little.
    const truth = await booting.listening
    expect(lower).toBeLessThan(truth + 1)
    expect(upper).toBeGreaterThan(truth - 1)
    expect(readiness.attempts.failed).toBeGreaterThan(5)
    expect(readiness.connected?.earliest).toBe(lower)
    expect(readiness.connected?.latest).toBeLessThanOrEqual(upper)
  })

  it('waits through other statuses, which prove that it was not ready', async () => {
    let answers = 0
    let firstGood = Number.POSITIVE_INFINITY
    const port = await servers.http((_, response) => {
      answers++
      if (answers > 5) firstGood = Math.min(firstGood, performance.now())
      response.writeHead(answers > 5 ? 200 : 503).end()
    })
    const { bounds, attempts, connected } = await waitUntilReady(http(), ObservedRun.at(port))
    expect(attempts.failed).toBeGreaterThanOrEqual(1)
    expect(bounds.lower).toBeLessThan(firstGood)
    expect(bounds.upper).toBeGreaterThanOrEqual(firstGood)
    expect(connected?.latest).toBeLessThan(bounds.upper)
  })

  it.each([
    [{}, 404, false],
    [{}, 302, true],
    [{ status: 404 }, 404, true],
    [{ status: [201, 418] }, 418, true],
    [{ status: 201 }, 200, false],
  ])('with %j takes %d as ready: %s', async (options, status, ready) => {
    const port = await servers.http((_, response) => void response.writeHead(status).end())
    const waiting = waitUntilReady(http('/', options), ObservedRun.at(port), { timeoutInMs: 100 })
    if (ready)
      await expect(waiting).resolves.toMatchObject({ description: expect.stringContaining(`${status}`) })
    else await expect(waiting).rejects.toMatchObject({ code: 'timeout' })
  })

  it('does not ask anew while answers take their time', async () => {
    let asked = 0
    const port = await servers.http((_, response) => {
      asked++
      const status = asked > 4 ? 200 : 503
      setTimeout(() => response.writeHead(status).end(), 30)
    })
    const { attempts } = await waitUntilReady(http(), ObservedRun.at(port))
    // Only the first answer's time is not known: about six are asked meanwhile, 5 ms apart.
    expect(attempts.sent).toBeLessThan(14)
  })

  it('asks on beside answers that come from afar', async () => {
    let asked = 0
    const port = await servers.http((_, response) => {
      asked++
      const status = asked > 20 ? 200 : 503
      setTimeout(() => response.writeHead(status).end(), 100)
    })
    const run = ObservedRun.at(port)
    run.addresses = run.addresses.map((address) => ({ ...address, exposure: 'public' }))
    const { attempts } = await waitUntilReady(http(), run)
    // One after the other would take two seconds, and send no more than these.
    expect(attempts.sent).toBeGreaterThan(22)
  })

  it('overtakes attempts that hang', async () => {
    let connections = 0
    const port = await servers.http((_, response) => {
      connections++
      // The first ones never get an answer.
      if (connections > 3) response.end()
    })
    const { attempts, bounds } = await waitUntilReady(http(), ObservedRun.at(port), { timeoutInMs: 30_000 })
    expect(attempts.sent).toBeGreaterThan(3)
    expect(bounds.lower).toBeUndefined()
  })

  it('reads a status that comes in pieces, after interim answers', async () => {
    const port = await servers.tcp((socket) => {
      const text = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'
      let sent = 0
      const timer = setInterval(() => {
        if (sent >= text.length) return clearInterval(timer)
        socket.write(text.slice(sent, sent + 7))
        sent += 7
      }, 1)
      socket.once('close', () => clearInterval(timer))
    })
    const { description } = await waitUntilReady(http(), ObservedRun.at(port))
    expect(description).toMatch(/answered 204$/)
  })

  it('does not read an endless answer', async () => {
    const closed: Promise<void>[] = []
    const port = await servers.http((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1)
      closed.push(
        new Promise((resolve) =>
          response.once('close', () => {
            clearInterval(timer)
            resolve()
          }),
        ),
      )
    })
    await waitUntilReady(http(), ObservedRun.at(port))
    await Promise.all(closed)
  })

  it.each([
    ['resets', (socket: import('node:net').Socket) => void socket.resetAndDestroy(), /reset the connection/],
    [
      'closes',
      (socket: import('node:net').Socket) => void socket.end(),
      /closed the connection without an answer/,
    ],
    ['talks otherwise', (socket: import('node:net').Socket) => void socket.end('220 mail\r\n'), /is no HTTP/],
  ])('says so when the other side %s', async (_, behave, words) => {
    const port = await servers.tcp(behave)
    const waiting = waitUntilReady(http(), ObservedRun.at(port), { timeoutInMs: 150 })
    await expect(waiting).rejects.toMatchObject({
      code: 'timeout',
      evidence: { probe: expect.stringMatching(words) },
    })
  })

  it('says what it waits for where there is nothing to ask yet', async () => {
    const outcome = async (run: ObservedRun) => {
      const error: unknown = await waitUntilReady(http(), run, { timeoutInMs: 20 }).catch((reason) => reason)
      return BerthError.isInstance(error) ? error.evidence.probe : undefined
    }
    const nowhere = new ObservedRun()
    expect(await outcome(nowhere)).toBe('no address yet for port 80')
    nowhere.defaultPort = undefined
    expect(await outcome(nowhere)).toBe('the main container declares no tcp port to probe')
    const early = ObservedRun.at(await servers.freePort())
    early.addresses = early.addresses.map((address) => ({ ...address, proxied: true }))
    early.startedAt = undefined
    expect(await outcome(early)).toBe('the start has not been acknowledged yet')
  })

  it('asks an address of the cloud before its word on the start has come', async () => {
    const port = await servers.http((_, response) => void response.end())
    const run = ObservedRun.at(port)
    run.startedAt = undefined
    run.containers = {}
    await waitUntilReady(http(), run)
  })

  it('sends nothing to a proxy before the start was acknowledged, and at once then', async () => {
    let asked = 0
    const port = await servers.http((_, response) => {
      asked++
      response.end()
    })
    const run = ObservedRun.at(port)
    run.addresses = run.addresses.map((address) => ({ ...address, proxied: true }))
    run.startedAt = undefined
    const waiting = waitUntilReady(http(), run)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(asked).toBe(0)
    run.change({ startedAt: performance.now() })
    await waiting
    expect(asked).toBeGreaterThan(0)
  })

  it('turns to a new address, and takes no bound from the old one', async () => {
    const [old, port] = [await servers.freePort(), await servers.http((_, response) => void response.end())]
    const run = ObservedRun.at(old)
    const waiting = waitUntilReady(http(), run)
    await new Promise((resolve) => setTimeout(resolve, 30))
    run.change({ addresses: [addressAt(port)] })
    const { bounds, description } = await waiting
    expect(description).toContain(`:${port}/`)
    expect(bounds.lower).toBeUndefined()
  })

  it('asks the port that it names', async () => {
    const port = await servers.http((_, response) => void response.end())
    const run = ObservedRun.at(await servers.freePort())
    run.addresses = [...run.addresses, addressAt(port, { containerPort: 8080, exposure: 'public' })]
    const { description } = await waitUntilReady(http('/', { port: 8080 }), run)
    expect(description).toContain(`:${port}/`)
  })

  it('asks a name as well as an address', async () => {
    const port = await servers.http((_, response) => void response.end())
    const { description } = await waitUntilReady(http(), ObservedRun.at(port, { host: 'localhost' }))
    expect(description).toBe(`GET http://localhost:${port}/ answered 200`)
  })

  it('takes a name that is not there yet for silence', async () => {
    const run = ObservedRun.at(80, { host: 'no-such-name.invalid' })
    const error: unknown = await waitUntilReady(http(), run, { timeoutInMs: 500 }).catch((reason) => reason)
    expect(error).toMatchObject({
      code: 'timeout',
      evidence: { probe: expect.stringContaining('no-such-name.invalid') },
    })
  })

  it('speaks TLS without verifying', async () => {
    const port = await servers.listen(
      createServer(selfSignedCertificate(), (_, response) => void response.writeHead(401).end()),
    )
    const probe = http('/', { scheme: 'https', status: 401 })
    const { description } = await waitUntilReady(probe, ObservedRun.at(port))
    expect(description).toBe(`GET https://127.0.0.1:${port}/ answered 401`)
  })

  it('says so when the other side does not speak TLS', async () => {
    const port = await servers.http((_, response) => void response.end())
    const waiting = waitUntilReady(http('/', { scheme: 'https' }), ObservedRun.at(port), { timeoutInMs: 300 })
    await expect(waiting).rejects.toMatchObject({
      evidence: { probe: expect.stringMatching(/does not speak TLS/) },
    })
  })

  it('looks for a text in the body, however it is cut and framed', async () => {
    let answers = 0
    const port = await servers.http((_, response) => {
      answers++
      if (answers < 3) return void response.end('{"status":"starting"}')
      response.write('{"status":"r')
      setTimeout(() => response.end('eady"}'), 5)
    })
    const { description, bounds } = await waitUntilReady(http('/', { body: '"ready"' }), ObservedRun.at(port))
    expect(description).toMatch(/answered 200 with '"ready"'$/)
    expect(bounds.lower).toBeDefined()
    const missing = waitUntilReady(http('/', { body: 'absent' }), ObservedRun.at(port), { timeoutInMs: 100 })
    await expect(missing).rejects.toMatchObject({
      evidence: { probe: expect.stringMatching(/answered 200 without 'absent'/) },
    })
  })

  it('leaves no timer and no socket behind, however it ends', async () => {
    const hanging = await servers.tcp((socket) => void socket.resume())
    const refusing = await servers.freePort()
    const good = await servers.http((_, response) => void response.end())
    const probe = http()
    for (const port of [hanging, refusing]) {
      for (const end of ['timeout', 'abort', 'failure'] as const) {
        const controller = new AbortController()
        const rest = await leftovers(async () => {
          const waiting = waitUntilReady(probe, ObservedRun.at(port), {
            timeoutInMs: end === 'timeout' ? 60 : 60_000,
            ...(end === 'abort' && { signal: controller.signal }),
            ...(end === 'failure' && { listenForFailure: failsWith(controller.signal) }),
          })
          if (end !== 'timeout') setTimeout(() => controller.abort(new Error('over')), 60)
          await expect(waiting).rejects.toThrow()
        })
        expect(rest).toEqual([])
      }
    }
    const rest = await leftovers(async () => {
      await waitUntilReady(probe, ObservedRun.at(good), { timeoutInMs: 60_000 })
    })
    expect(rest).toEqual([])
  })
})
