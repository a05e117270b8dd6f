import { describe, expect, test } from 'vitest'
import type { Evidence } from '../contract/evidence.ts'
import { KnownMark } from './known-mark.ts'

const SECOND = 1_000_000

function sighting(earliest: number | undefined, latest: number | undefined, source = 'answer'): Evidence {
  return { kind: 'sighting', mark: 'started', source, earliest, latest }
}

function stamp(second: number, more: { source?: string; side?: 'upper'; machine?: string } = {}): Evidence {
  return {
    kind: 'stamp',
    mark: 'started',
    source: more.source ?? 'startedAt',
    machine: more.machine ?? 'node',
    timeInMicros: second * SECOND,
    resolutionInMicros: SECOND,
    side: more.side,
  }
}

describe('sightings', () => {
  test('the tightest of each side is kept, and what tells nothing new is told so', () => {
    const known = new KnownMark('started')
    expect(known.add(sighting(10, 50), 50)).toBe(true)
    expect(known.add(sighting(5, 60), 60)).toBe(false)
    expect(known.add(sighting(20, undefined), 60)).toBe(true)
    expect(known.add(sighting(undefined, 40), 60)).toBe(true)
    expect([known.earliest, known.latest]).toEqual([20, 40])
  })

  test('"not yet" alone does not make it seen', () => {
    const known = new KnownMark('started')
    known.add(sighting(10, undefined), 20)
    expect(known.seen).toBe(false)
    known.add(sighting(undefined, 30), 30)
    expect(known.seen).toBe(true)
  })

  test('"not yet" after "already" is a stale answer or a restart, and passed over', () => {
    const known = new KnownMark('started')
    known.add(sighting(10, 50), 50)
    expect(known.add(sighting(80, undefined), 90)).toBe(false)
    expect(known.add(sighting(80, 90), 90)).toBe(false)
    expect([known.earliest, known.latest]).toEqual([10, 50])
  })

  test('"already" is always sound: a "not yet" that it disproves falls', () => {
    const known = new KnownMark('started')
    known.add(sighting(30, undefined), 40)
    known.add(sighting(undefined, 20), 41)
    expect([known.earliest, known.latest]).toEqual([Number.NEGATIVE_INFINITY, 20])
  })
})

describe('stamps', () => {
  test('a mark that may come after its stamp may come after the stamp was known', () => {
    const known = new KnownMark('started')
    known.add({ ...stamp(1), lateInMicros: 20_000 } as Evidence, 500)
    expect(known.latest).toBe(520)
    known.add(stamp(1, { source: 'event' }), 510)
    expect(known.latest).toBe(510)
  })

  test('make the mark seen by the time they are known', () => {
    const known = new KnownMark('started')
    known.add(stamp(7), 123)
    expect([known.seen, known.latest]).toEqual([true, 123])
    expect([...known.stamps]).toEqual([
      { machine: 'node', source: 'startedAt', earliestInMicros: 7 * SECOND, latestInMicros: 8 * SECOND },
    ])
  })

  test('of a coalesced event give the upper side only', () => {
    const known = new KnownMark('started')
    known.add(stamp(7, { side: 'upper' }), 1)
    expect([...known.stamps][0]).toMatchObject({
      earliestInMicros: Number.NEGATIVE_INFINITY,
      latestInMicros: 8 * SECOND,
    })
  })

  test('of the same source with another time are a restart, and passed over', () => {
    const known = new KnownMark('started')
    known.add(stamp(7), 1)
    expect(known.add(stamp(90), 2)).toBe(false)
    expect(known.add(stamp(90, { source: 'event Started' }), 2)).toBe(true)
    expect([...known.stamps].map(({ earliestInMicros }) => earliestInMicros)).toEqual([
      7 * SECOND,
      90 * SECOND,
    ])
  })
})

test('memory is bounded, whatever comes', () => {
  const known = new KnownMark('started')
  for (let poll = 0; poll < 10_000; poll++) {
    known.add(sighting(undefined, 1e9 - poll, `poll ${poll}`), 1e9)
    known.add(stamp(poll, { source: `poll ${poll}` }), 1e9)
  }
  expect(known.sources.length).toBeLessThanOrEqual(16)
  expect([...known.stamps].length).toBeLessThanOrEqual(16)
})
