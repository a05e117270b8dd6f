import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tcp } from './probes.ts'
import { leftovers } from './testing/active-handles.ts'
import { LoopbackServers } from './testing/loopback-servers.ts'
import { ObservedRun } from './testing/observed-run.ts'
import { waitUntilReady } from './wait-until-ready.ts'

let servers: LoopbackServers
beforeEach(() => {
  servers = new LoopbackServers()
})
afterEach(() => servers[Symbol.asyncDispose]())

/** A port proxy as an Engine has one: it takes every connection, and only then connects to the container. */
function proxyTo(port: number): Promise<number> {
  return servers.tcp((inbound) => {
    const outbound = net.connect({ host: '127.0.0.1', port })
    outbound.on('error', () => inbound.end())
    inbound.on('close', () => outbound.destroy())
    outbound.on('connect', () => inbound.pipe(outbound).pipe(inbound))
  })
}

describe('waitUntilReady with tcp()', () => {
  it('succeeds when the connection is taken, which is the connected mark as well', async () => {
    const port = await servers.freePort()
    const waiting = waitUntilReady(tcp(), ObservedRun.at(port))
    await new Promise((resolve) => setTimeout(resolve, 40))
    const listeningFrom = performance.now()
    await servers.tcp((socket) => void socket.resume(), port)
    const { bounds, connected, description, connects } = await waiting
    expect(description).toBe(`tcp 127.0.0.1:${port} took the connection`)
    expect(connects).toBe(true)
    expect(bounds.lower).toBeLessThan(bounds.upper)
    expect(bounds.upper).toBeGreaterThanOrEqual(listeningFrom)
    expect(connected).toMatchObject({ earliest: bounds.lower, source: 'tcp probe' })
    expect(connected?.latest).toBeLessThanOrEqual(bounds.upper)
  })

  it('does not believe a proxy that takes the connection for a container that refuses it', async () => {
    const container = await servers.freePort()
    const run = ObservedRun.at(await proxyTo(container), { proxied: true })
    const failing = waitUntilReady(tcp(), run, { timeoutInMs: 150 })
    await expect(failing).rejects.toMatchObject({
      code: 'timeout',
      evidence: { probe: expect.stringMatching(/closed the connection without an answer/) },
    })
    const waiting = waitUntilReady(tcp(), run)
    await new Promise((resolve) => setTimeout(resolve, 40))
    const listeningFrom = performance.now()
    await servers.tcp((socket) => void socket.resume(), container)
    const { bounds, connected, description } = await waiting
    expect(description).toMatch(/took the connection and held it/)
    expect(bounds.upper).toBeGreaterThan(listeningFrom)
    expect(connected).toBeUndefined()
  })

  it('takes data through a proxy for proof', async () => {
    const container = await servers.tcp((socket) => void socket.write('220 ready\r\n'))
    const run = ObservedRun.at(await proxyTo(container), { proxied: true })
    const { description } = await waitUntilReady(tcp(), run)
    expect(description).toMatch(/sent data$/)
  })

  it('leaves neither hold nor socket behind', async () => {
    const container = await servers.tcp((socket) => void socket.resume())
    const run = ObservedRun.at(await proxyTo(container), { proxied: true })
    const controller = new AbortController()
    const rest = await leftovers(async () => {
      const waiting = waitUntilReady(tcp(), run, { signal: controller.signal })
      setTimeout(() => controller.abort(new Error('over')), 8)
      await expect(waiting).rejects.toThrow('over')
    })
    expect(rest).toEqual([])
  })
})
