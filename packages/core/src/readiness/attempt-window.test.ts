import { describe, expect, it } from 'vitest'
import { AttemptWindow, type InFlight } from './attempt-window.ts'
import { patienceInMs, probeIntervalInMs } from './probe-interval.ts'

/** Plays a wait against a service that answers every attempt after so long, on a clock of its own. */
function play(options: { readonly answerInMs: number; readonly limit: number; readonly forInMs: number }) {
  const window = new AttemptWindow()
  let now = 0
  let most = 0
  const answered: number[] = []
  const givenUpAges: number[] = []
  let roundTrip: number | undefined
  const pending = new Set<InFlight>()
  for (let nextBeat = 0; now < options.forInMs; now += 1) {
    for (const attempt of pending) {
      if (now - attempt.sentAt < options.answerInMs) continue
      pending.delete(attempt)
      window.delete(attempt)
      roundTrip = now - attempt.sentAt
      answered.push(now)
    }
    if (now < nextBeat) continue
    nextBeat = now + probeIntervalInMs(now, true)
    const hasRoom = window.makeRoom(options.limit, patienceInMs(roundTrip), now, ({ sentAt }) =>
      givenUpAges.push(now - sentAt),
    )
    if (hasRoom) {
      const attempt: InFlight = { sentAt: now, abort: () => pending.delete(attempt) }
      pending.add(attempt)
      window.add(attempt)
    }
    most = Math.max(most, window.size)
  }
  return { answered, givenUpAges, most }
}

describe('AttemptWindow', () => {
  it('never holds more than its limit', () => {
    expect(play({ answerInMs: 1e9, limit: 64, forInMs: 20_000 }).most).toBe(64)
  })

  it('gives up none before its patience is over', () => {
    const { givenUpAges } = play({ answerInMs: 1e9, limit: 64, forInMs: 20_000 })
    expect(givenUpAges.length).toBeGreaterThan(0)
    expect(Math.min(...givenUpAges)).toBeGreaterThan(250)
  })

  it.each([
    [250, 8],
    [250, 64],
    [2_000, 8],
    [2_000, 64],
    [29_000, 64],
  ])('hears a service that answers only after %d ms, with %d in flight', (answerInMs, limit) => {
    const { answered } = play({ answerInMs, limit, forInMs: 40_000 })
    expect(answered[0]).toBe(answerInMs)
  })

  it('gives up even the oldest at last', () => {
    const { givenUpAges } = play({ answerInMs: 1e9, limit: 4, forInMs: 31_000 })
    expect(Math.max(...givenUpAges)).toBeGreaterThan(30_000)
  })

  it('skips a beat rather than give up a young attempt', () => {
    const window = new AttemptWindow()
    const aborted: number[] = []
    for (const sentAt of [0, 1, 2]) window.add({ sentAt, abort: () => aborted.push(sentAt) })
    expect(window.makeRoom(3, 250, 200, () => {})).toBe(false)
    expect(aborted).toEqual([])
    expect(window.makeRoom(3, 250, 300, () => {})).toBe(true)
    expect(aborted).toEqual([1])
  })
})
