import { describe, expect, test } from 'vitest'
import type { Evidence } from '../contract/evidence.ts'
import type { Mark } from '../contract/mark.ts'
import { interval, NOON, PROBE, recorder, seconds, within } from './testing/recorded-start.ts'

describe('offsets', () => {
  test("a stamp lies in its second, on its own machine's clock", () => {
    const start = recorder({ node: { against: 'client', skewInMs: 0 } })
    start.add(seconds('started', 7), 60_000)
    expect(interval(start.timeline, 'started')).toEqual([7_000, 8_000])
  })

  test('a declared skew widens it', () => {
    const start = recorder({ node: { against: 'client', skewInMs: 50 } })
    start.add(seconds('started', 7), 60_000)
    expect(interval(start.timeline, 'started')).toEqual([6_950, 8_050])
  })

  test('the Date headers of the front end bind a node that is declared against it', () => {
    const start = recorder({ node: { skewInMs: 50 } })
    start.addDate({
      machine: 'front-end',
      sentAt: 0,
      receivedAt: 0,
      date: new Date(NOON + 100_000).toUTCString(),
    })
    start.add(seconds('started', 107), 60_000)
    const [earliest = 0, latest = 0] = interval(start.timeline, 'started') ?? []
    // Offset 100 s … 101.01 s, skew 50 ms, and up to 6 ms of drift in the 60 s in which it may have been.
    expect(earliest).toBeCloseTo(7_000 - 1_010 - 50 - 6, 0)
    expect(latest).toBeCloseTo(8_000 + 50 + 6, 0)
    expect(start.timeline.clocks).toContainEqual({
      machine: 'front-end',
      offset: expect.objectContaining({ earliest: expect.any(Number) }),
      samples: 1,
      contradictory: false,
    })
  })

  test('of a free clock only the differences count', () => {
    const start = recorder({})
    start.add(seconds('pull-started', 1_000), 60_000)
    start.add(seconds('pull-ended', 1_030), 60_000)
    const { timeline } = start
    expect(interval(timeline, 'pull-started')?.[0]).toBe(0)
    expect(timeline.minima).toEqual([
      { name: 'pull', from: 'pull-started', to: 'pull-ended', atLeast: expect.any(Number) },
    ])
    expect(timeline.minima[0]?.atLeast).toBeGreaterThan(28_980_000)
    expect(interval(timeline, 'pull-ended')?.[0]).toBeGreaterThan(28_980)
  })

  test('one sharp sighting pins all that a free clock stamped', () => {
    const start = recorder({ engine: {} })
    const nanoseconds = (mark: Mark, micros: number): Evidence => {
      const timeInMicros = NOON * 1000 + 77_000_000_000 + micros
      return {
        kind: 'stamp',
        mark,
        source: `event ${mark}`,
        machine: 'engine',
        timeInMicros,
        resolutionInMicros: 1,
      }
    }
    start.add(nanoseconds('created', 5_000), 400)
    start.add(nanoseconds('started', 205_000), 400)
    start.add(within('created', 4, 6))
    const started = start.timeline.mark('started')
    expect(started?.pinned).toBe(true)
    expect((started?.latest ?? 0) - (started?.earliest ?? 0)).toBeLessThan(2_100)
    expect(started?.earliest).toBeGreaterThan(203_000)
  })

  test('between two stamps of one clock, drift is allowed for', () => {
    const start = recorder()
    const stamped = (mark: Mark, micros: number): Evidence => {
      const timeInMicros = NOON * 1000 + micros
      return { kind: 'stamp', mark, source: 'event', machine: 'engine', timeInMicros, resolutionInMicros: 1 }
    }
    start.add(stamped('created', 0), 70_000)
    start.add(stamped('started', 60_000_000), 70_000)
    start.add(within('created', 4, 6))
    // 100 ppm of at most 70 s, either way.
    expect(interval(start.timeline, 'started')).toEqual(
      [60_003.999 - 7, 60_006.001 + 7].map((bound) => expect.closeTo(bound, 2)),
    )
  })

  test('a coalesced event bounds its mark from above only', () => {
    const start = recorder({ node: { against: 'client', skewInMs: 0 } })
    start.add({ ...seconds('started', 7), side: 'upper' } as Evidence, 60_000)
    expect(interval(start.timeline, 'started')).toEqual([0, 8_000])
  })

  test('a mark is not after the time at which its stamp was known', () => {
    const start = recorder()
    start.add(seconds('started', 7), 1_234)
    expect(interval(start.timeline, 'started')).toEqual([0, 1_234])
  })

  test('an hour later the stamps of the end leave the start as it was', () => {
    const start = recorder({ node: { against: 'client', skewInMs: 0 } })
    start.add(seconds('started', 7), 60_000)
    start.detected({ upper: 9_000, lower: 8_900, unsteady: false }, PROBE)
    const before = interval(start.timeline, 'started')
    start.add(seconds('exited', 3_600), 3_700_000)
    expect(interval(start.timeline, 'started')).toEqual(before)
    expect(interval(start.timeline, 'exited')).toEqual([3_600_000, 3_601_000])
  })
})

describe('the ladder', () => {
  test('frees the clocks where the declared skews contradict what was seen', () => {
    const start = recorder({ node: { against: 'client', skewInMs: 50 } })
    start.add(seconds('pull-started', 100), 60_000)
    start.add(seconds('pull-ended', 105), 60_000)
    start.add(within('started', undefined, 8_000))
    const { timeline } = start
    expect(timeline.assumptions).toBe('free-clocks')
    expect(timeline.minima[0]).toMatchObject({ name: 'pull' })
  })

  test('frees the clocks where the Date headers contradict each other', () => {
    const start = recorder({ node: { skewInMs: 50 } })
    start.add(seconds('started', 7), 60_000)
    for (const second of [0, 500]) {
      const date = new Date(NOON + second * 1_000).toUTCString()
      start.addDate({ machine: 'front-end', sentAt: 100, receivedAt: 120, date })
    }
    expect(start.timeline.assumptions).toBe('free-clocks')
    expect(start.timeline.clocks).toContainEqual({
      machine: 'front-end',
      offset: null,
      samples: 2,
      contradictory: true,
    })
  })

  test('frees the clocks for a contradiction that drift would cover at the marks themselves', () => {
    const start = recorder({ node: { skewInMs: 50 } })
    // Offsets of at most 1,010 ms, then of at least 1,015 ms less than a second later.
    start.addDate({ machine: 'front-end', sentAt: 0, receivedAt: 0, date: new Date(NOON).toUTCString() })
    start.addDate({
      machine: 'front-end',
      sentAt: 985,
      receivedAt: 985,
      date: new Date(NOON + 2_000).toUTCString(),
    })
    start.add(within('started', 60_000, 60_001))
    start.add(seconds('started', 61), 60_001)
    expect(start.timeline.assumptions).toBe('free-clocks')
  })

  test('gives the stamps up where even their differences contradict what was seen', () => {
    const start = recorder()
    start.add(seconds('pull-started', 100), 60_000)
    start.add(seconds('pull-ended', 190), 60_000)
    const { timeline } = start
    expect(timeline.assumptions).toBe('no-stamps')
    expect(interval(timeline, 'pull-ended')).toEqual([0, 60_000])
  })

  test('gives every "not yet" up where answers contradict each other', () => {
    const start = recorder()
    start.add(within('created', 500, 600))
    start.add(within('started', 100, 200))
    const { timeline } = start
    expect(timeline.assumptions).toBe('seen-only')
    expect(interval(timeline, 'created')).toEqual([0, 200])
  })

  test('stays where it is without contradiction', () => {
    expect(recorder().timeline.assumptions).toBe('declared')
  })
})
