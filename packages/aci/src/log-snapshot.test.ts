import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapOf, readSnapshot } from './log-snapshot.ts'

const stamped = (second: number, text: string) =>
  `2026-11-26T06:00:${String(second).padStart(2, '0')}.123Z ${text}\n`

describe('readSnapshot', () => {
  it('takes each line’s time off, and knows whether the last is whole', () => {
    const { lines, isWhole } = readSnapshot(
      `${stamped(1, 'one')}${stamped(2, '')}2026-11-26T06:00:03Z half`,
      'main',
    )
    expect(lines.map(({ line }) => [line.text, line.time?.toISOString()])).toEqual([
      ['one', '2026-11-26T06:00:01.123Z'],
      ['', '2026-11-26T06:00:02.123Z'],
      ['half', '2026-11-26T06:00:03.000Z'],
    ])
    expect(isWhole).toBe(false)
    expect(readSnapshot('', 'main')).toEqual({ lines: [], isWhole: true })
  })

  it('leaves out the rest of a line whose beginning was cut off', () => {
    const { lines } = readSnapshot(`st of a line\n${stamped(1, 'one')}`, 'main')
    expect(lines.map(({ line }) => line.text)).toEqual(['one'])
    expect(readSnapshot('without\ntimes\n', 'main').lines).toHaveLength(2)
  })
})

describe('overlapOf', () => {
  it('is found between any two tails of one log', () => {
    const lines = Array.from({ length: 40 }, (_, index) => stamped(index % 60, `line ${index}`))
    const cut = fc.nat(40)
    fc.assert(
      fc.property(cut, cut, cut, cut, (a, b, c, d) => {
        const [start, middle, end, later] = [a, b, c, d].toSorted((x, y) => x - y) as [
          number,
          number,
          number,
          number,
        ]
        const before = readSnapshot(lines.slice(start, end).join(''), 'main').lines
        const now = readSnapshot(lines.slice(middle, later).join(''), 'main').lines
        const news = now.slice(overlapOf(before, now)).map(({ line }) => line.text)
        expect(news).toEqual(lines.slice(end, later).map((line) => line.slice(25, -1)))
      }),
    )
  })

  it('is none where a new log has begun', () => {
    const before = readSnapshot(stamped(1, 'try 1'), 'main').lines
    expect(overlapOf(before, readSnapshot(stamped(9, 'try 2'), 'main').lines)).toBe(0)
  })

  it('goes by the words where the times are told no longer', () => {
    const before = readSnapshot(stamped(1, 'one') + stamped(2, 'two'), 'main').lines
    expect(overlapOf(before, readSnapshot('one\ntwo\nthree\n', 'main').lines)).toBe(2)
  })
})
