import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProbeGovernor } from './probe-governor.ts'

describe('ProbeGovernor', () => {
  it('leaves a single watch its own pace and its whole window', () => {
    const governor = new ProbeGovernor()
    expect(governor.pace({}, 2)).toBe(2)
    expect(governor.window()).toBe(64)
  })

  it('keeps all watches together within 2,000 attempts a second, and none waits more than its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 2, max: 25, noNaN: true }), { minLength: 1, maxLength: 300 }),
        (wishes) => {
          const governor = new ProbeGovernor()
          const watches = wishes.map((wish) => ({ wish }))
          for (const watch of watches) governor.pace(watch, watch.wish)
          const paces = watches.map((watch) => governor.pace(watch, watch.wish))
          const together = paces.reduce((sum, pace) => sum + 1_000 / pace, 0)
          expect(together).toBeLessThanOrEqual(2_000 * 1.000_001)
          const asked = wishes.reduce((sum, wish) => sum + 1_000 / wish, 0)
          const stretch = Math.max(1, asked / 2_000)
          for (const [index, pace] of paces.entries())
            expect(pace).toBeCloseTo((wishes[index] ?? 0) * stretch, 6)
        },
      ),
    )
  })

  it('gives fifty watches that all ask for 2 ms 25 ms each', () => {
    const governor = new ProbeGovernor()
    const watches = Array.from({ length: 50 }, () => ({}))
    for (const watch of watches) governor.pace(watch, 2)
    expect(governor.pace(watches[0] ?? {}, 2)).toBeCloseTo(25)
    expect(governor.window()).toBe(10)
  })

  it('gives back what a watch had when it leaves', () => {
    const governor = new ProbeGovernor()
    const watches = Array.from({ length: 50 }, () => ({}))
    for (const watch of watches) governor.pace(watch, 2)
    for (const watch of watches.slice(1)) governor.leave(watch)
    expect(governor.pace(watches[0] ?? {}, 2)).toBeCloseTo(2)
    expect(governor.window()).toBe(64)
  })

  it('waits as long as answers take at present: at once when they slow down, and no longer than a second on the word of the last', () => {
    const governor = new ProbeGovernor()
    expect(governor.answerTimeInMs(0, 0)).toBe(5)
    governor.noteAnswer(0, 1)
    expect(governor.answerTimeInMs(0, 0)).toBe(5)
    governor.noteAnswer(10, 40)
    expect(governor.answerTimeInMs(0, 10)).toBe(40)
    for (let answer = 0; answer < 50; answer++) governor.noteAnswer(20, 8)
    expect(governor.answerTimeInMs(0, 20)).toBeCloseTo(8, 0)
    governor.noteAnswer(30, 3_000)
    expect(governor.answerTimeInMs(0, 30)).toBe(100)
    expect(governor.answerTimeInMs(0, 1_040)).toBe(5)
  })

  it('waits twice as long as answers take for each other that is awaited, but only nearby', () => {
    const governor = new ProbeGovernor()
    governor.noteAnswer(0, 2)
    const awaited = [0, 1, 2, 3, 4, 5, 60]
    expect(awaited.map((others) => governor.answerTimeInMs(others, 10))).toEqual([5, 5, 8, 16, 32, 64, 100])
    expect(awaited.map((others) => governor.answerTimeInMs(others))).toEqual(awaited.map(() => 5))
  })

  it('keeps the attempts apart for as long as answers take, 25 ms at most', () => {
    const governor = new ProbeGovernor()
    const watch = {}
    governor.noteAnswer(0, 12)
    expect(governor.pace(watch, 2, 0)).toBe(12)
    governor.noteAnswer(0, 400)
    expect(governor.pace(watch, 2, 0)).toBe(25)
    expect(governor.pace(watch, 2, 1_000)).toBe(2)
  })

  it('does not ask more often than a busy loop comes around, and forgets it afterwards', () => {
    const governor = new ProbeGovernor()
    const watch = {}
    governor.pace(watch, 2)
    for (let beat = 0; beat < 100; beat++) governor.noteLateness(40)
    expect(governor.pace(watch, 2)).toBeGreaterThan(35)
    for (let beat = 0; beat < 100; beat++) governor.noteLateness(0)
    expect(governor.pace(watch, 2)).toBe(2)
    for (let beat = 0; beat < 100; beat++) governor.noteLateness(10_000)
    expect(governor.pace(watch, 2)).toBeLessThanOrEqual(250)
    governor.leave(watch)
    expect(governor.pace(watch, 2)).toBe(2)
  })
})
