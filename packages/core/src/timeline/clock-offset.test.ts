import { describe, expect, test } from 'vitest'
import type { DateSample } from '../contract/evidence.ts'
import { ClockOffset } from './clock-offset.ts'
import { Random } from './simulation/random.ts'
import { answer, type SimulatedClock, WALL_ORIGIN } from './simulation/simulated-cloud.ts'

const NOON = Date.UTC(2026, 3, 5, 12)

function sample(
  sentAt: number,
  receivedAt: number,
  epoch: number,
  more: Partial<DateSample> = {},
): DateSample {
  return { machine: 'front-end', sentAt, receivedAt, date: new Date(epoch).toUTCString(), ...more }
}

function width(offset: ClockOffset, from: number, to = from): number {
  const interval = offset.at(from, to)
  return interval === undefined ? Number.NaN : interval.latest - interval.earliest
}

/** The true offset of a simulated clock at an instant. */
function truth(clock: SimulatedClock, instant: number): number {
  return WALL_ORIGIN + clock.offsetInMs + clock.drift * instant
}

describe('one answer', () => {
  test('bounds the offset by its own way, the second that Date leaves out, and 10 ms', () => {
    const offset = new ClockOffset()
    expect(offset.at(0)).toBeUndefined()
    expect(offset.add(sample(1_000, 1_040, NOON))).toBe(true)
    // Between the two instants drift loosens either side by what it can do until there: 4 microseconds over 40 ms.
    expect(offset.at(1_040)?.earliest).toBe(NOON - 1_040)
    expect(offset.at(1_000)?.latest).toBe(NOON + 1_010 - 1_000)
  })

  test('loosens by 100 ppm of the time to the instant of interest', () => {
    const offset = new ClockOffset()
    offset.add(sample(0, 0, NOON))
    expect(offset.at(100_000)).toEqual({ earliest: NOON - 10, latest: NOON + 1_020 })
    expect(offset.at(-100_000, 50_000)).toEqual({ earliest: NOON - 10, latest: NOON + 1_020 })
  })

  test('with a declared resolution and skew', () => {
    const offset = new ClockOffset({ resolutionInMs: 2_000, skewInMs: 100 })
    offset.add(sample(0, 0, NOON))
    expect(offset.at(0)).toEqual({ earliest: NOON - 100, latest: NOON + 2_110 })
  })

  test('out of a cache, or without a date, says nothing', () => {
    const offset = new ClockOffset()
    expect(offset.add(sample(0, 10, NOON, { age: '0' }))).toBe(false)
    expect(offset.add(sample(0, 10, NOON, { date: 'soon' }))).toBe(false)
    expect(offset.at(0)).toBeUndefined()
    expect(offset.count).toBe(0)
  })

  test('cannot come before its question', () => {
    expect(() => new ClockOffset().add(sample(10, 9, NOON))).toThrow(RangeError)
  })
})

describe('many answers', () => {
  test('polls at whole seconds never narrow, jittered ones do', () => {
    const clock: SimulatedClock = { offsetInMs: 12_345.6, drift: 0 }
    const narrowest = (jitter: number) => {
      const random = new Random(1)
      const offset = new ClockOffset()
      let last = 0
      for (let poll = 0; poll < 20; poll++) {
        last = poll * 1_000 + random.between(0, jitter)
        const receivedAt = last + 30
        const date = Math.floor((WALL_ORIGIN + last + 15 + clock.offsetInMs) / 1000) * 1000
        offset.add(sample(last, receivedAt, date))
      }
      return width(offset, last)
    }
    expect(narrowest(0)).toBeGreaterThan(1_000)
    expect(narrowest(500)).toBeLessThan(600)
    expect(narrowest(1_000)).toBeLessThan(250)
  })

  test.each([15, 60])('after %d minutes without one, drift is allowed for', (minutes) => {
    const random = new Random(2)
    let covered = 0
    for (let run = 0; run < 200; run++) {
      const clock = { offsetInMs: random.between(-30_000, 30_000), drift: random.between(-50e-6, 50e-6) }
      const offset = new ClockOffset()
      for (let poll = 0; poll < 50; poll++) {
        offset.add(answer(random, { 'front-end': clock }, poll * 1_000 + random.between(0, 1_000)))
      }
      const later = minutes * 60_000
      const interval = offset.at(later)
      const real = truth(clock, later)
      if (interval !== undefined && interval.earliest <= real && real <= interval.latest) covered++
      expect(offset.contradictory).toBe(false)
    }
    expect(covered).toBe(200)
  })

  test('of several skewed machines cover only with the skew declared', () => {
    const cover = (declaredInMs: number) => {
      const random = new Random(3)
      let covered = 0
      for (let run = 0; run < 200; run++) {
        const offset = new ClockOffset({ skewInMs: declaredInMs })
        for (let poll = 0; poll < 50; poll++) {
          const machine = { offsetInMs: random.between(-100, 100), drift: 0 }
          offset.add(answer(random, { 'front-end': machine }, poll * 1_000 + random.between(0, 1_000)))
        }
        const interval = offset.at(25_000)
        const holds =
          interval !== undefined && interval.earliest <= WALL_ORIGIN && WALL_ORIGIN <= interval.latest
        if (holds && !offset.contradictory) covered++
      }
      return covered / 200
    }
    expect(cover(0)).toBeLessThan(0.6)
    expect(cover(100)).toBe(1)
  })

  test('that no one clock can have given are a contradiction, told and not thrown', () => {
    const offset = new ClockOffset()
    offset.add(sample(0, 10, NOON))
    offset.add(sample(5_000, 5_010, NOON + 4_000))
    expect(offset.contradictory).toBe(false)
    offset.add(sample(6_000, 6_010, NOON + 60_000))
    expect(offset.contradictory).toBe(true)
    offset.add(sample(7_000, 7_010, NOON + 7_000))
    expect(offset.contradictory).toBe(true)
  })

  test('contradict even where drift makes the interval look sound from afar', () => {
    const offset = new ClockOffset()
    offset.add(sample(0, 10, NOON))
    offset.add(sample(1_000, 1_010, NOON + 61_000))
    expect(width(offset, 1e9)).toBeGreaterThan(0)
    expect(offset.contradictory).toBe(true)
  })

  test('are forgotten as soon as others imply them, in whatever order they came, and the bounds stay the same', () => {
    const random = new Random(4)
    const clock = { offsetInMs: 777, drift: 40e-6 }
    const all = Array.from({ length: 500 }, () =>
      answer(random, { 'front-end': clock }, random.between(0, 600_000)),
    )
    const offset = new ClockOffset()
    for (const one of all) offset.add(one)
    expect(offset.count).toBe(500)
    expect(offset.samples.length).toBeLessThan(40)
    const again = new ClockOffset()
    for (const one of offset.samples) again.add(one)
    for (const instant of [0, 1_000, 300_000, 900_000]) expect(again.at(instant)).toEqual(offset.at(instant))
    const plain = (instant: number) => ({
      earliest: Math.max(
        ...all.map(
          ({ date, receivedAt }) => Date.parse(date) - receivedAt - 100e-6 * Math.abs(instant - receivedAt),
        ),
      ),
      latest: Math.min(
        ...all.map(
          ({ date, sentAt }) => Date.parse(date) + 1_010 - sentAt + 100e-6 * Math.abs(instant - sentAt),
        ),
      ),
    })
    for (const instant of [0, 123_456, 900_000]) {
      expect(offset.at(instant)?.earliest).toBeCloseTo(plain(instant).earliest, 2)
      expect(offset.at(instant)?.latest).toBeCloseTo(plain(instant).latest, 2)
    }
  })

  test('fill no memory, though days of them can bind', () => {
    const random = new Random(5)
    const offset = new ClockOffset()
    for (let poll = 0; poll < 20_000; poll++) {
      offset.add(
        answer(
          random,
          { 'front-end': { offsetInMs: 0, drift: 0 } },
          poll * 10_000 + random.between(0, 5_000),
        ),
      )
    }
    expect(offset.samples.length).toBeLessThanOrEqual(128)
    expect(width(offset, 200_000_000)).toBeLessThan(300)
    expect(width(offset, 0)).toBeLessThan(300)
  })
})
