import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { barCells } from './bar-cells.ts'

const exact = (at: number) => ({ at, earliest: at, latest: at })
const row = (start: number, end: number) => ({
  label: 'boot',
  start: exact(start),
  end: exact(end),
  phase: undefined,
})

test.each([
  [0, 80, '██████████'],
  [0, 40, '█████     '],
  [0, 41, '█████▏    '],
  [0, 44, '█████▌    '],
  [4, 40, '▐████     '],
  [7, 40, '▕████     '],
  [40, 40, '     ▏    '],
  [80, 80, '         ▏'],
])('from %i to %i of 80 in ten columns', (start, end, bar) => {
  expect(barCells(row(start, end), 80, 10)).toBe(bar)
})

test('where an edge may lie is light, in the bar and beside it', () => {
  const unsure = {
    ...row(24, 56),
    start: { at: 24, earliest: 16, latest: 32 },
    end: { at: 56, earliest: 48, latest: 64 },
  }
  expect(barCells(unsure, 80, 10)).toBe('  ░░██░░  ')
})

test('every bar shows something, and keeps to its columns', () => {
  const micros = fc.integer({ min: 0, max: 1_000_000 })
  fc.assert(
    fc.property(micros, micros, fc.integer({ min: 1, max: 200 }), (one, other, cells) => {
      const bar = barCells(row(Math.min(one, other), Math.max(one, other)), Math.max(1, one, other), cells)
      expect(stringWidth(bar)).toBe(cells)
      expect(bar.trim()).not.toBe('')
    }),
  )
})
