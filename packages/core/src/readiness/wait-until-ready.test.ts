import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BerthError } from '../errors/berth-error.ts'
import { keepOutOfText } from '../secrets/redact.ts'
import type { ReadinessBounds } from '../timeline/readiness-bounds.ts'
import { http, started } from './probes.ts'
import { leftovers } from './testing/active-handles.ts'
import { failsWith } from './testing/fails-with.ts'
import { LoopbackServers } from './testing/loopback-servers.ts'
import { addressAt, ObservedRun } from './testing/observed-run.ts'
import { waitUntilReady } from './wait-until-ready.ts'

let servers: LoopbackServers
beforeEach(() => {
  servers = new LoopbackServers()
})
afterEach(() => servers[Symbol.asyncDispose]())

describe('waitUntilReady', () => {
  it('throws the reason of the caller unchanged', async () => {
    const run = ObservedRun.at(await servers.freePort())
    const reason = { not: 'an error' }
    await expect(waitUntilReady(http(), run, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const waiting = waitUntilReady(http(), run, { signal: controller.signal })
    setTimeout(() => controller.abort(reason), 20)
    await expect(waiting).rejects.toBe(reason)
    expect(run.listeners.size).toBe(0)
  })

  it('throws the failure of the start with the last outcome as evidence', async () => {
    const failure = new AbortController()
    const port = await servers.http((request, response) => {
      response.writeHead(503).write('not yet')
      // It hangs up once it has read the status.
      request.socket.once('close', () =>
        failure.abort(new BerthError({ code: 'image-pull', message: 'no such image' })),
      )
    })
    const run = ObservedRun.at(port)
    const waiting = waitUntilReady(http(), run, { listenForFailure: failsWith(failure.signal) })
    await expect(waiting).rejects.toMatchObject({
      code: 'image-pull',
      evidence: { probe: `GET http://127.0.0.1:${port}/ answered 503` },
    })
    expect(run.listeners.size).toBe(0)
  })

  it('throws what is no BerthError as it is', async () => {
    const reason = new TypeError('a fault')
    const run = ObservedRun.at(await servers.freePort())
    await expect(
      waitUntilReady(http(), run, {
        listenForFailure: failsWith(AbortSignal.abort(reason)),
      }),
    ).rejects.toBe(reason)
  })

  it('ends with the run, with how it ended', async () => {
    const port = await servers.freePort()
    const run = ObservedRun.at(port)
    const waiting = waitUntilReady(http(), run)
    setTimeout(() => {
      const termination = { exitCode: 137, signal: 'SIGKILL', reason: 'OOMKilled' }
      run.change({
        phase: 'stopped',
        containers: { main: { state: 'terminated', restartCount: 0, termination } },
      })
    }, 30)
    await expect(waiting).rejects.toMatchObject({
      code: 'exited',
      message: expect.stringContaining('the main container exited with 137 (SIGKILL), OOMKilled'),
      evidence: {
        exitCode: 137,
        signal: 'SIGKILL',
        probe: `GET http://127.0.0.1:${port}/ refused the connection`,
      },
    })
  })

  it('names the last outcome and the time in a timeout, without secrets', async () => {
    keepOutOfText('hush-hush')
    const port = await servers.freePort()
    const waiting = waitUntilReady(http('/hush-hush'), ObservedRun.at(port), { timeoutInMs: 50 })
    await expect(waiting).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining(
        `not ready after 0.05 s: GET http://127.0.0.1:${port}/[secret] refused the connection`,
      ),
      evidence: { probe: `GET http://127.0.0.1:${port}/[secret] refused the connection` },
    })
  })

  it('asks again at once when something has changed, however long the interval has become', async () => {
    const port = await servers.freePort()
    const run = ObservedRun.at(port)
    run.containers = { main: { state: 'waiting', restartCount: 0 } }
    // An hour without a change: 250 ms from beat to beat.
    run.changedAt = performance.now() - 3_600_000
    const sent: number[] = []
    const waiting = waitUntilReady(http(), run)
    await new Promise((resolve) => setTimeout(resolve, 30))
    await servers.http((_, response) => {
      sent.push(performance.now())
      response.end()
    }, port)
    const changedAt = performance.now()
    run.change({ containers: { main: { state: 'running', restartCount: 0 } } })
    await waiting
    expect((sent[0] ?? Number.POSITIVE_INFINITY) - changedAt).toBeLessThan(200)
  })

  it('keeps its attempts apart: no shorter than 2 ms', async () => {
    const arrivals: number[] = []
    const port = await servers.tcp((socket) => {
      arrivals.push(performance.now())
      socket.destroy()
    })
    await expect(waitUntilReady(http(), ObservedRun.at(port), { timeoutInMs: 200 })).rejects.toThrow()
    expect(arrivals.length).toBeGreaterThan(3)
    expect(arrivals.length).toBeLessThanOrEqual(200)
  })

  describe('afterwards', () => {
    /** Waits until ready and until it is known whether that lasts. */
    async function steadinessOf(port: number): Promise<[ReadinessBounds, ReadinessBounds]> {
      const { promise, resolve } = Promise.withResolvers<ReadinessBounds>()
      const { bounds } = await waitUntilReady(http(), ObservedRun.at(port), { onSteadiness: resolve })
      return [bounds, await promise]
    }

    it('calls a success that lasts steady', async () => {
      let asked = 0
      const port = await servers.http((_, response) => {
        asked++
        response.writeHead(asked > 2 ? 200 : 503).end()
      })
      const [bounds, later] = await steadinessOf(port)
      expect(later).toEqual(bounds)
      expect(later.lower).toBeDefined()
    })

    it.each([
      ['fails again', (answer: () => void) => setTimeout(answer, 0)],
      ['hangs', () => {}],
    ])('calls one unsteady after which it %s, and takes back the lower bound', async (_, behave) => {
      let asked = 0
      const port = await servers.http((_, response) => {
        asked++
        if (asked === 3) response.end()
        else if (asked < 3) response.writeHead(503).end()
        else behave(() => response.writeHead(503).end())
      })
      const [bounds, later] = await steadinessOf(port)
      expect(bounds.unsteady).toBe(false)
      expect(later).toEqual({ upper: bounds.upper, unsteady: true })
    })

    it('does not ask again where nothing had failed', async () => {
      let asked = 0
      const port = await servers.http((_, response) => {
        asked++
        response.end()
      })
      const { promise, resolve } = Promise.withResolvers<ReadinessBounds>()
      const { attempts, bounds } = await waitUntilReady(http(), ObservedRun.at(port), {
        onSteadiness: resolve,
      })
      expect(await promise).toEqual(bounds)
      await new Promise((resolve) => setTimeout(resolve, 60))
      expect(asked).toBeLessThanOrEqual(attempts.sent)
    })

    it.each([
      ['does not ask again where nobody had listened on this very machine', 'local', false],
      ['asks again where nobody had listened elsewhere: a balancer may stand between', 'public', true],
    ] as const)('%s', async (_, exposure, isAskedAgain) => {
      let asked = 0
      const port = await servers.freePort()
      const run = ObservedRun.at(port, { exposure })
      const { promise, resolve } = Promise.withResolvers<ReadinessBounds>()
      const waiting = waitUntilReady(http(), run, { onSteadiness: resolve })
      await new Promise((resolve) => setTimeout(resolve, 30))
      await servers.http((_, response) => {
        asked++
        response.end()
      }, port)
      const { bounds, attempts } = await waiting
      expect(bounds.lower).toBeDefined()
      expect(await promise).toEqual(bounds)
      await new Promise((resolve) => setTimeout(resolve, 60))
      if (isAskedAgain) expect(asked).toBeGreaterThanOrEqual(3)
      else expect(asked).toBeLessThanOrEqual(attempts.sent - attempts.failed)
    })

    it('does not ask again where nobody wants to know', async () => {
      let asked = 0
      const port = await servers.http((_, response) => {
        asked++
        response.end()
      })
      const { attempts } = await waitUntilReady(http(), ObservedRun.at(port))
      await new Promise((resolve) => setTimeout(resolve, 60))
      expect(asked).toBeLessThanOrEqual(attempts.sent)
    })

    it('says nothing once the run is being stopped, and leaves nothing behind', async () => {
      let asked = 0
      const port = await servers.http((_, response) => {
        asked++
        response.writeHead(asked > 1 ? 200 : 503).end()
      })
      const failure = new AbortController()
      let told = false
      const rest = await leftovers(async () => {
        await waitUntilReady(http(), ObservedRun.at(port), {
          listenForFailure: failsWith(failure.signal),
          onSteadiness: () => {
            told = true
          },
        })
        failure.abort()
      })
      expect(rest).toEqual([])
      expect(told).toBe(false)
    })

    it('leaves nothing behind once it knows', async () => {
      const port = await servers.http((_, response) => void response.end())
      expect(await leftovers(async () => void (await steadinessOf(port)))).toEqual([])
    })

    it('takes the word of the cloud for steady, but not before the success was told', async () => {
      const order: string[] = []
      const { promise, resolve } = Promise.withResolvers<ReadinessBounds>()
      const waiting = waitUntilReady(started(), new ObservedRun(), {
        onSteadiness: (bounds) => {
          order.push('steady')
          resolve(bounds)
        },
      }).then(() => order.push('ready'))
      await waiting
      expect((await promise).unsteady).toBe(false)
      expect(order).toContain('ready')
    })
  })

  it('serves many runs at once within the budget of the process', async () => {
    let arrivals = 0
    const port = await servers.tcp((socket) => {
      arrivals++
      socket.destroy()
    })
    const began = performance.now()
    const waits = Array.from({ length: 50 }, () =>
      waitUntilReady(http(), ObservedRun.at(port), { timeoutInMs: 500 }).catch(() => {}),
    )
    await Promise.all(waits)
    const tookInMs = performance.now() - began
    // 2,000 a second, and the first beats of all, which come before they know of each other.
    expect(arrivals).toBeLessThan(2 * tookInMs + 50 * 10)
    expect(arrivals).toBeGreaterThan(50)
  })

  it('prefers the first address of a port', async () => {
    const port = await servers.http((_, response) => void response.end())
    const run = new ObservedRun()
    run.addresses = [
      addressAt(await servers.freePort(), { protocol: 'udp' }),
      addressAt(port),
      addressAt(await servers.freePort(), { exposure: 'private' }),
    ]
    const { description } = await waitUntilReady(http(), run)
    expect(description).toContain(`:${port}/`)
  })
})
