import { describe, expect, test } from 'vitest'
import { PROBE, phases, recorder, within } from './testing/recorded-start.ts'

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

  test('a span that two stamps of one machine measure is told, wherever its clock puts it', () => {
    const start = recorder()
    const stamp = { kind: 'stamp', machine: 'stranger', resolutionInMicros: 1_000, source: 'event' } as const
    start.add({ ...stamp, mark: 'pull-started', timeInMicros: 7_000_000_000 }, 20_000)
    start.add({ ...stamp, mark: 'pull-ended', timeInMicros: 7_000_000_000 + 8_000_000 }, 20_000)
    start.add(within('accepted', 0, 10))
    start.add(within('addressed', undefined, 19_000))
    start.detected({ upper: 20_000, lower: 19_990, unsteady: false }, PROBE)
    const { timeline } = start
    expect(timeline.mark('pull-started')).toMatchObject({ pinned: false })
    expect(phases(timeline)).toEqual([
      ['accept', 5],
      ['unattributed', expect.any(Number), 'prepare'],
      ['pull', expect.closeTo(8_000, -1)],
      ['unattributed', expect.any(Number), 'start', 'address', 'boot'],
      ['detection', 5],
    ])
    const pull = timeline.phases[2]
    expect((pull?.atMost ?? 0) - (pull?.atLeast ?? 0)).toBeLessThan(10_000)
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

describe('a mark that is not pinned', () => {
  test('hides in every phase of which it may take a notable part', () => {
    const start = recorder()
    start.add(within('scheduled', 90, 110))
    start.add(within('pull-started', 1_990, 2_010))
    start.add(within('pull-ended', 2_490, 2_510))
    start.add(within('created', 2_590, 2_610))
    start.add(within('started', 2_690, 2_710))
    // Its point lies in the preparation; after the start it may still be awaited for more than a second.
    start.add(within('addressed', undefined, 3_800))
    start.detected({ upper: 4_000, lower: 3_990, unsteady: false }, PROBE)
    expect(phases(start.timeline).map(([name, , ...contains]) => [name, ...contains])).toEqual([
      ['schedule'],
      ['unattributed', 'address', 'prepare'],
      ['pull'],
      ['create'],
      ['start'],
      ['unattributed', 'address', 'boot'],
      ['detection'],
    ])
  })

  test("hides not where it reaches by less than a pin's width", () => {
    const start = recorder()
    start.add(within('scheduled', 90, 110))
    start.add(within('started', 2_690, 2_710))
    start.add(within('addressed', undefined, 2_800))
    start.detected({ upper: 4_000, lower: 3_990, unsteady: false }, PROBE)
    expect(phases(start.timeline).map(([name]) => name)).toEqual([
      'schedule',
      'unattributed',
      'boot',
      'detection',
    ])
  })
})
