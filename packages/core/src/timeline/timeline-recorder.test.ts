import { describe, expect, test } from 'vitest'
import { NOON, PROBE, phases, recorder, within } from './testing/recorded-start.ts'

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
