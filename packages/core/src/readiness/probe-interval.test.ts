import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patienceInMs, probeIntervalInMs } from './probe-interval.ts'

const since = fc.double({ min: 0, max: 1e9, noNaN: true })

describe('probeIntervalInMs', () => {
  it('is 1 % of the time since the last change, from 2 ms on and up to 20 or 250 ms', () => {
    fc.assert(
      fc.property(since, fc.boolean(), (sinceChange, running) => {
        const interval = probeIntervalInMs(sinceChange, running)
        const most = running || sinceChange < 60_000 ? 20 : 250
        expect(interval).toBeGreaterThanOrEqual(2)
        expect(interval).toBeLessThanOrEqual(most)
        if (interval > 2 && interval < most) expect(interval).toBeCloseTo(sinceChange / 100)
      }),
    )
  })

  it('never shrinks while nothing changes, and is never longer for a container that runs', () => {
    fc.assert(
      fc.property(since, since, fc.boolean(), (one, other, running) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)]
        expect(probeIntervalInMs(earlier, running)).toBeLessThanOrEqual(probeIntervalInMs(later, running))
        expect(probeIntervalInMs(one, true)).toBeLessThanOrEqual(probeIntervalInMs(one, false))
      }),
    )
  })

  it.each([
    [0, true, 2],
    [1_000, true, 10],
    [2_000, false, 20],
    [59_000, false, 20],
    [60_000, true, 20],
    [60_000, false, 250],
  ])('%d ms after a change (running: %s) is %d ms', (sinceChange, running, interval) => {
    expect(probeIntervalInMs(sinceChange, running)).toBe(interval)
  })
})

describe('patienceInMs', () => {
  it('is four round trips, and never less than 250 ms', () => {
    expect(patienceInMs(undefined)).toBe(250)
    expect(patienceInMs(10)).toBe(250)
    expect(patienceInMs(250)).toBe(1_000)
  })
})
