import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogLine } from '../contract/log.ts'
import type { ReadinessBounds } from '../timeline/readiness-bounds.ts'
import { all, any, exited, health, http, log, started, tcp } from './probes.ts'
import { leftovers } from './testing/active-handles.ts'
import { LoopbackServers } from './testing/loopback-servers.ts'
import { addressAt, ObservedRun } from './testing/observed-run.ts'
import { waitUntilReady } from './wait-until-ready.ts'

let servers: LoopbackServers
beforeEach(() => {
  servers = new LoopbackServers()
})
afterEach(() => servers[Symbol.asyncDispose]())

const later = (delayInMs: number) => new Promise((resolve) => setTimeout(resolve, delayInMs))

describe('waitUntilReady with all()', () => {
  it('is ready with the last of its probes, and bounded from below by the latest of theirs', async () => {
    const [early, late] = [await servers.http((_, response) => void response.end()), await servers.freePort()]
    const run = ObservedRun.at(early)
    run.addresses = [...run.addresses, addressAt(late, { containerPort: 5432 })]
    const waiting = waitUntilReady(all(http(), tcp(5432), started()), run)
    await later(40)
    const listeningFrom = performance.now()
    await servers.tcp((socket) => void socket.resume(), late)
    const { bounds, description, source, connects } = await waiting
    expect(bounds.upper).toBeGreaterThan(listeningFrom)
    expect(bounds.lower).toBeLessThan(bounds.upper)
    expect(description.split('; ')).toHaveLength(3)
    expect(source).toBe('started probe and http probe and tcp probe')
    expect(connects).toBe(true)
  })

  it('names only what is still missing', async () => {
    const port = await servers.freePort()
    const waiting = waitUntilReady(all(started(), tcp()), ObservedRun.at(port), { timeoutInMs: 60 })
    await expect(waiting).rejects.toMatchObject({
      evidence: { probe: `tcp 127.0.0.1:${port} refused the connection` },
    })
  })

  it('ends with the first that can no longer succeed, and lets the others go', async () => {
    const run = ObservedRun.at(await servers.freePort())
    const rest = await leftovers(async () => {
      const waiting = waitUntilReady(all(http(), exited(0)), run, { timeoutInMs: 60_000 })
      await later(20)
      const main = { state: 'terminated', restartCount: 0, termination: { exitCode: 1 } } as const
      run.change({ phase: 'stopped', containers: { main } })
      await expect(waiting).rejects.toMatchObject({ code: 'exited', evidence: { exitCode: 1 } })
    })
    expect(rest).toEqual([])
    expect(run.listeners.size).toBe(0)
  })
})

describe('waitUntilReady with any()', () => {
  it('is ready with the first of its probes, and cancels the others at that moment', async () => {
    const run = ObservedRun.at(await servers.freePort())
    let cancelled = false
    run.logs = async function* ({ signal }): AsyncGenerator<LogLine> {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      cancelled = true
    }
    const rest = await leftovers(async () => {
      const waiting = waitUntilReady(any(http(), log('ready'), health()), run)
      await later(20)
      run.change({ containers: { main: { state: 'running', restartCount: 0, health: 'healthy' } } })
      const { description, bounds, connects } = await waiting
      expect(description).toBe('container main is healthy')
      expect(connects).toBe(false)
      // The log may have been ready to tell before: nothing is known of that.
      expect(bounds.lower).toBeUndefined()
    })
    expect(rest).toEqual([])
    expect(cancelled).toBe(true)
    expect(run.listeners.size).toBe(0)
  })

  it('takes the earliest of the bounds, for each of its probes might have been first', async () => {
    const [failing, late] = [
      await servers.http((_, response) => void response.writeHead(503).end()),
      await servers.freePort(),
    ]
    const run = ObservedRun.at(failing)
    run.addresses = [...run.addresses, addressAt(late, { containerPort: 5432 })]
    const waiting = waitUntilReady(any(http(), tcp(5432)), run)
    await later(40)
    const listeningFrom = performance.now()
    await servers.tcp((socket) => void socket.resume(), late)
    const { bounds } = await waiting
    expect(bounds.lower).toBeLessThan(listeningFrom)
    expect(bounds.upper).toBeGreaterThan(listeningFrom)
  })

  it('does not begin what is no longer needed', async () => {
    let asked = 0
    const port = await servers.http((_, response) => {
      asked++
      response.end()
    })
    await waitUntilReady(any(started(), http()), ObservedRun.at(port))
    await later(20)
    expect(asked).toBe(0)
  })

  it('goes on while one of its probes can still succeed, and ends with the last that cannot', async () => {
    const port = await servers.http((_, response) => void response.end())
    const { description } = await waitUntilReady(any(log('not supported here'), http()), ObservedRun.at(port))
    expect(description).toContain('answered 200')
    const run = new ObservedRun()
    await expect(waitUntilReady(any(log('x'), log('y')), run)).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('nests, and tells whether the winner lasts', async () => {
    let asked = 0
    const port = await servers.http((_, response) => {
      asked++
      response.writeHead(asked === 2 ? 200 : 500).end()
    })
    const { promise, resolve } = Promise.withResolvers<ReadinessBounds>()
    const probe = any(exited(), all(started(), http()))
    await waitUntilReady(probe, ObservedRun.at(port), { onSteadiness: resolve })
    expect((await promise).unsteady).toBe(true)
  })
})
