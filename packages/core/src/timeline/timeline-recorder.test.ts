import { describe, expect, test } from 'vitest'
import type { ClockDeclaration, Evidence } from '../contract/evidence.ts'
import type { Mark } from '../contract/mark.ts'
import type { Timeline } from '../contract/timeline.ts'
import { TimelineRecorder } from './timeline-recorder.ts'

const NOON = Date.UTC(2026, 3, 5, 12)
const PROBE = { source: 'http probe' }

function recorder(clocks: Record<string, ClockDeclaration> = {}): TimelineRecorder {
  return new TimelineRecorder({ requestedAt: 0, mainContainer: 'main', clocks, wallOriginInMs: NOON })
}

/** Seen between two instants, in milliseconds since requested. */
function within(mark: Mark, earliest: number | undefined, latest: number, container?: string): Evidence {
  return { kind: 'sighting', mark, container, source: `saw ${mark}`, earliest, latest }
}

function seconds(mark: Mark, second: number, machine = 'node', container?: string): Evidence {
  const timeInMicros = NOON * 1000 + second * 1_000_000
  return {
    kind: 'stamp',
    mark,
    container,
    source: `stamp ${mark}`,
    machine,
    timeInMicros,
    resolutionInMicros: 1_000_000,
  }
}

function phases(timeline: Timeline): [string, number, ...string[]][] {
  return timeline.phases.map(({ name, duration, contains }) => [name, duration / 1000, ...contains])
}

function interval(timeline: Timeline, mark: Mark): [number, number] | undefined {
  const found = timeline.mark(mark)
  return found && [found.earliest / 1000, found.latest / 1000]
}

describe('a start', () => {
  test('of which nothing is known yet has one mark and no phase', () => {
    const { timeline } = recorder()
    expect(timeline.marks.map(({ name, at, pinned }) => [name, at, pinned])).toEqual([['requested', 0, true]])
    expect(timeline.phases).toEqual([])
    expect(timeline.total).toBeUndefined()
    expect(timeline.requestedAt).toEqual(new Date(NOON))
  })

  test('that runs has phases up to the last pinned mark, and no total', () => {
    const start = recorder()
    start.add(within('accepted', 0, 20))
    start.add(within('pull-started', 28, 32))
    start.add(within('pull-ended', 990, 1_010))
    const { timeline } = start
    expect(phases(timeline)).toEqual([
      ['accept', 10],
      ['prepare', 20],
      ['pull', 970],
    ])
    expect(timeline.total).toBeUndefined()
  })

  test('that is ready ends with detection, and the sum is the first success received', () => {
    const start = recorder()
    start.add(within('created', 0, 10))
    start.add(within('started', 10, 30))
    start.detected({ upper: 300.1234, lower: 280, unsteady: false }, PROBE)
    const { timeline } = start
    expect(timeline.total).toBe(300_123)
    expect(timeline.phases.map(({ name }) => name)).toEqual(['create', 'start', 'boot', 'detection'])
    expect(timeline.phases.at(-1)).toMatchObject({
      from: 'ready',
      to: 'detected',
      end: 300_123,
      atLeast: 0,
      atMost: 20_123,
    })
    expect(timeline.phases.reduce((sum, { duration }) => sum + duration, 0)).toBe(300_123)
    for (const [index, phase] of timeline.phases.entries()) {
      expect(phase.start).toBe(timeline.phases[index - 1]?.end ?? 0)
      expect(phase.duration).toBe(phase.end - phase.start)
    }
  })

  test('that was to end has its run as the last phase, and no total', () => {
    const start = recorder()
    start.add(within('started', 0, 10))
    start.add(within('exited', 1_000, 1_010))
    start.add(within('stopped', 1_020, 1_030))
    expect(phases(start.timeline)).toEqual([
      ['start', 5],
      ['run', 1_000],
    ])
    expect(start.timeline.total).toBeUndefined()
    expect(start.timeline.mark('stopped')?.at).toBe(1_025_000)
  })

  test('keeps its phases when it ends later', () => {
    const start = recorder()
    start.add(within('started', 0, 10))
    start.detected({ upper: 300, lower: 280, unsteady: false }, PROBE)
    const before = start.timeline.phases
    start.add(within('exited', 3_600_000, 3_600_010))
    start.add(within('removed', 3_600_100, 3_600_110))
    expect(start.timeline.phases).toEqual(before)
    expect(start.timeline.mark('removed')?.pinned).toBe(true)
  })
})

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

describe('pins', () => {
  const pinned = (width: number, total: number) => {
    const start = recorder()
    start.add(within('started', 0, width))
    start.detected({ upper: total, lower: total - 10, unsteady: false }, PROBE)
    return start.timeline.mark('started')?.pinned
  }

  test('hold up to 50 ms in a short start, a quarter of a longer one, 2.5 s in a long one', () => {
    expect([pinned(50, 100), pinned(51, 100)]).toEqual([true, false])
    expect([pinned(250, 1_000), pinned(251, 1_000)]).toEqual([true, false])
    expect([pinned(2_500, 60_000), pinned(2_501, 60_000)]).toEqual([true, false])
  })

  test('a mark that is not pinned is shown, and its phases are unattributed with their names', () => {
    const start = recorder()
    start.add(within('pull-started', 0, 10))
    start.add(within('pull-ended', undefined, 980))
    start.add(within('created', 960, 980))
    start.add(within('started', 990, 1_000))
    const { timeline } = start
    expect(phases(timeline)).toEqual([
      ['prepare', 5],
      ['unattributed', 965, 'pull', 'create'],
      ['start', 25],
    ])
    expect(timeline.mark('pull-ended')).toMatchObject({ pinned: false, earliest: 0, latest: 980_000 })
  })

  test('steps of which there is no evidence at all leave their time to the next', () => {
    const start = recorder()
    start.add(within('pull-ended', 90, 100))
    start.add(within('pull-started', 0, 10))
    start.add(within('started', 190, 200))
    expect(phases(start.timeline).map(([name]) => name)).toEqual(['prepare', 'pull', 'start'])
  })

  test('a start of which nothing but readiness is known does not call it all boot', () => {
    const start = recorder()
    start.detected({ upper: 9_000, lower: 8_990, unsteady: false }, PROBE)
    expect(phases(start.timeline)).toEqual([
      ['unattributed', 8_995, 'start', 'boot'],
      ['detection', 5],
    ])
  })

  test('an acceptance behind the pull divides and hides nothing', () => {
    const start = recorder()
    start.add(within('pull-started', 0, 10))
    start.add(within('pull-ended', 990, 1_000))
    start.add(within('accepted', 0, 1_010))
    start.add(within('created', 1_000, 1_010))
    expect(phases(start.timeline).map(([name]) => name)).toEqual(['prepare', 'pull', 'create'])
  })

  test('an address that may have come before or behind the boot takes its name away', () => {
    const start = recorder()
    start.add(within('started', 990, 1_000))
    start.add(within('addressed', undefined, 2_900))
    start.detected({ upper: 3_000, lower: 2_990, unsteady: false }, PROBE)
    expect(phases(start.timeline)).toEqual([
      ['start', 995],
      ['unattributed', 2_000, 'address', 'boot'],
      ['detection', 5],
    ])
  })
})

describe('readiness', () => {
  test('unsteady: flagged, not pinned, its time unattributed', () => {
    const start = recorder()
    start.add(within('started', 0, 10))
    start.detected({ upper: 300, unsteady: true }, PROBE)
    const { timeline } = start
    expect(timeline.mark('ready')).toMatchObject({
      flags: ['unsteady'],
      pinned: false,
      earliest: 0,
      latest: 300_000,
    })
    expect(phases(timeline).at(-1)).toEqual(['unattributed', 295, 'boot', 'detection'])
    expect(timeline.total).toBe(300_000)
  })

  test('inferred: shown and flagged, but nothing is built on it', () => {
    const start = recorder()
    start.add(within('started', 0, 10))
    start.detected({ upper: 300, inferred: 280, unsteady: false }, PROBE)
    const { timeline } = start
    expect(timeline.mark('ready')).toMatchObject({
      flags: ['inferred'],
      pinned: false,
      earliest: 280_000,
      at: 290_000,
    })
    expect(phases(timeline).at(-1)?.[0]).toBe('unattributed')
    expect(timeline.minima).toEqual([])
  })

  test('inferred is not needed where the mark is narrow without it', () => {
    const start = recorder()
    start.add(within('started', 260, 270))
    start.detected({ upper: 300, inferred: 290, unsteady: false }, PROBE)
    expect(start.timeline.mark('ready')).toMatchObject({ flags: [], pinned: true, earliest: 260_000 })
  })

  test("is this client's own word: a cloud's is passed over", () => {
    const start = recorder()
    start.add(within('ready', 0, 5))
    expect(start.timeline.mark('ready')).toBeUndefined()
  })

  test('over a connection proves the address, by a log it does not', () => {
    const latest = (connects: boolean) => {
      const start = recorder()
      start.add(within('addressed', undefined, 5_000))
      start.detected({ upper: 300, lower: 290, unsteady: false }, { source: 'probe', connects })
      start.add(within('connected', undefined, 5_000))
      return start.timeline.mark('addressed')?.latest
    }
    expect(latest(true)).toBe(300_000)
    expect(latest(false)).toBe(5_000_000)
  })

  test('by a log may come before the address, which then is beyond the total', () => {
    const start = recorder()
    start.add(within('started', 0, 10))
    start.add(within('addressed', 990, 1_000))
    start.detected({ upper: 300, lower: 290, unsteady: false }, { source: 'log probe', connects: false })
    expect(phases(start.timeline).map(([name]) => name)).toEqual(['start', 'boot', 'detection'])
    expect(start.timeline.mark('addressed')?.pinned).toBe(true)
  })
})

describe('sidecars', () => {
  test('are spans beside the path, and no part of its sum', () => {
    const start = recorder()
    start.add(within('started', 0, 10, 'main'))
    start.add(within('pull-started', 0, 10, 'proxy'))
    start.add(within('pull-ended', 90, 100, 'proxy'))
    start.detected({ upper: 300, lower: 290, unsteady: false }, PROBE)
    const { timeline } = start
    expect(timeline.spans).toEqual([
      {
        name: 'pull',
        container: 'proxy',
        start: 5_000,
        end: 95_000,
        sources: ['saw pull-started', 'saw pull-ended'],
      },
    ])
    expect(timeline.mark('pull-started')).toBeUndefined()
    expect(timeline.phases.map(({ name }) => name)).toEqual(['start', 'boot', 'detection'])
  })

  test('are located by what the path tells of the clocks', () => {
    const start = recorder()
    start.add(seconds('created', 100, 'node', 'main'), 60_000)
    start.add(within('created', 10_000, 10_010, 'main'))
    start.add(seconds('started', 110, 'node', 'proxy'), 60_000)
    start.add(seconds('exited', 130, 'node', 'proxy'), 60_000)
    const [span] = start.timeline.spans
    expect(span).toMatchObject({ name: 'run', container: 'proxy' })
    expect((span?.start ?? 0) / 1000).toBeGreaterThan(19_000)
    expect((span?.start ?? 0) / 1000).toBeLessThan(21_000)
  })

  test('that contradict themselves cost the path nothing', () => {
    const start = recorder()
    start.add(within('started', 0, 10, 'main'))
    start.add(within('created', 500, 600, 'proxy'))
    start.add(within('started', 100, 200, 'proxy'))
    expect(start.timeline.assumptions).toBe('declared')
  })
})

describe('reading', () => {
  test('gives the same timeline until something new is known', () => {
    const start = recorder()
    start.add(within('started', 10, 20))
    const first = start.timeline
    start.add(within('started', 5, 30))
    expect(start.timeline).toBe(first)
    start.add(within('started', 12, 20))
    expect(start.timeline).not.toBe(first)
  })

  test('writes itself as JSON with stable names', () => {
    const start = recorder()
    start.add(within('started', 10, 20))
    expect(JSON.parse(JSON.stringify(start.timeline))).toEqual({
      unit: 'us',
      requestedAt: '2026-04-05T12:00:00.000Z',
      total: null,
      assumptions: 'declared',
      marks: [
        { name: 'requested', at: 0, earliest: 0, latest: 0, pinned: true, flags: [], sources: ['call'] },
        {
          name: 'started',
          at: 15_000,
          earliest: 10_000,
          latest: 20_000,
          pinned: true,
          flags: [],
          sources: ['saw started'],
        },
      ],
      phases: [
        {
          name: 'start',
          from: 'requested',
          to: 'started',
          start: 0,
          end: 15_000,
          duration: 15_000,
          atLeast: 10_000,
          atMost: 20_000,
          contains: [],
          sources: ['call', 'saw started'],
        },
      ],
      minima: [{ name: 'start', from: 'requested', to: 'started', atLeast: 10_000 }],
      spans: [],
      clocks: [],
    })
  })

  test('hands the Date samples that still bind to the next start', () => {
    const [first, next] = [recorder(), recorder()]
    for (let poll = 0; poll < 100; poll++) {
      const sentAt = poll * 1_037
      const date = new Date(NOON + sentAt).toUTCString()
      first.addDate({ machine: 'front-end', sentAt, receivedAt: sentAt + 20, date })
    }
    expect(first.dates.length).toBeLessThan(40)
    for (const sample of first.dates) next.addDate(sample)
    expect(next.timeline.clocks[0]?.offset).toEqual(first.timeline.clocks[0]?.offset)
  })
})
