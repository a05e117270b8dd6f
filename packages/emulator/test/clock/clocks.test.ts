import { describe, expect, it } from 'vitest'
import { EmulatedTime } from '../../src/clock/emulated-time.ts'
import { MachineClock } from '../../src/clock/machine-clock.ts'
import { realNow } from '../../src/clock/real-time.ts'
import { groupBody, startAzure } from '../azure.ts'

describe('the clocks of the emulated machines', () => {
  it('stamp what each machine would stamp', async () => {
    const hour = 3_600_000
    await using azure = await startAzure({
      clocks: { frontEnd: { offsetInMs: 2 * hour }, nodes: [{ offsetInMs: -5 * hour }] },
    })
    const { headers } = await azure.call('PUT', 'web', groupBody())
    const group = await azure.settled('web')
    const hoursAhead = (date: Date | string | undefined) =>
      Math.round((new Date(date ?? 0).getTime() - Date.now()) / hour)
    expect(hoursAhead(headers.get('date') ?? undefined)).toBe(2)
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const { body: operation } = await azure.call('GET', url.pathname + url.search)
    expect(hoursAhead(operation.startTime)).toBe(2)
    expect(hoursAhead(operation.properties.events[0].firstTimestamp)).toBe(-5)
    expect(hoursAhead(group.containers[0]?.instanceView?.currentState?.startTime)).toBe(-5)
  })

  it('can be set while it runs, also one of several nodes', async () => {
    await using azure = await startAzure({ clocks: { nodes: [{}, {}] } })
    for (const node of azure.emulator.clocks.nodes) node.set({ offsetInMs: -7_200_000 })
    await azure.call('PUT', 'web', groupBody())
    const { containers } = await azure.settled('web')
    const startTime = containers[0]?.instanceView?.currentState?.startTime?.getTime() ?? 0
    expect(Date.now() - startTime).toBeGreaterThan(7_190_000)
  })

  it('drift', async () => {
    const clock = new MachineClock({ driftInPpm: 100_000 })
    const start = realNow()
    expect(clock.read(start + 1_000) - clock.read(start)).toBeCloseTo(1_100, 3)
    clock.set({ offsetInMs: 50 })
    expect(clock.read(start)).toBeCloseTo(start + 50, 3)
  })
})

describe('emulated time', () => {
  it('passes faster by its scale', async () => {
    const startedAt = performance.now()
    await new EmulatedTime(100).pass(10_000)
    expect(performance.now() - startedAt).toBeGreaterThan(95)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('ends with the signal, by its reason', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    const passing = new EmulatedTime(1).pass(60_000, controller.signal)
    controller.abort(reason)
    await expect(passing).rejects.toBe(reason)
    await expect(new EmulatedTime(1).pass(0, controller.signal)).rejects.toBe(reason)
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('has no scale %d', (scale) => {
    expect(() => new EmulatedTime(scale)).toThrow(RangeError)
  })
})
