import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StampedLine } from './log-lines.ts'
import { LogPosition } from './log-position.ts'

const BEGIN = Date.parse('2026-11-26T10:00:00Z')

function line(inMs: number, text: string): StampedLine {
  const timestamp = new Date(BEGIN + inMs).toISOString()
  const bytes = Buffer.from(text)
  return {
    line: { container: 'main', stream: 'stdout', text, bytes },
    timestamp,
    identity: `${timestamp} ${text}`,
  }
}

it('gives every line once, wherever the log is cut, rotated and opened again', () => {
  const steps = fc.array(
    fc.record({ gap: fc.integer({ min: 0, max: 900 }), text: fc.constantFrom('a', 'b') }),
    {
      maxLength: 60,
    },
  )
  const cuts = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 })
  fc.assert(
    fc.property(steps, cuts, fc.boolean(), (written, lengths, isRotated) => {
      let at = 0
      // Two lines of one time and text are told apart by their number alone, which a file that lacks its beginning does not tell.
      const log = written.map(({ gap, text }, index) => {
        at += gap
        return line(at, isRotated ? `${text}${index}` : text)
      })
      const position = new LogPosition(undefined)
      const given: StampedLine[] = []
      let read = 0
      for (const length of [...lengths, log.length]) {
        const since = Date.parse(position.since ?? new Date(0).toISOString())
        // A rotated file holds no more than what came after some line that was given already.
        const first = isRotated ? Math.max(0, read - 1) : 0
        read = Math.min(log.length, read + length)
        const shown = log.slice(first, read).filter(({ timestamp }) => Date.parse(timestamp) >= since)
        for (const each of shown) if (position.passes(each)) given.push(each)
        position.reopen()
      }
      expect(given.map(({ identity }) => identity)).toEqual(log.map(({ identity }) => identity))
    }),
  )
})

it('gives nothing of before the time that was asked for', () => {
  const position = new LogPosition(new Date(BEGIN + 500))
  expect(position.since).toBe('2026-11-26T10:00:00Z')
  expect([line(400, 'a'), line(500, 'b')].map((each) => position.passes(each))).toEqual([false, true])
})

it('gives nothing of what a tail has left out, when the log is opened again', () => {
  const log = [line(0, 'a'), line(0, 'b'), line(0, 'c'), line(300, 'd')]
  const position = new LogPosition(undefined, { isTail: true })
  const given = log.slice(2, 3).filter((one) => position.passes(one))
  position.reopen()
  given.push(...log.filter((one) => position.passes(one)))
  expect(given.map(({ line: { text } }) => text)).toEqual(['c', 'd'])
})
