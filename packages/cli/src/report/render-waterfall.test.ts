import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { renderWaterfall } from './render-waterfall.ts'
import { arbitraryRecords } from './testing/arbitrary-records.ts'
import {
  cloudStart,
  dockerStart,
  failedStart,
  inferredStart,
  lopsidedStart,
  processStart,
  refusedStart,
  unsteadyStart,
} from './testing/sample-records.ts'

const plain = (width: number) => ({ width, color: false })
const lineOf = (text: string, label: string) =>
  text.split('\n').find((line) => line.trim().startsWith(label)) ?? ''
const BLOCK = /[▏▎▍▌▋▊▉█▐▕░]/

test('bars stand on one axis with round ticks', () => {
  const text = renderWaterfall([dockerStart()], plain(80))
  expect(text).toMatch(/^ +0 +50 ms +100 ms +150 ms +200 ms$/m)
  expect(text).toMatch(/^ +├─+┼─+┼─+┼─+┼─+$/m)
  // 202 of 231 ms.
  const filled = lineOf(text, 'start ').match(/█/g)?.length ?? 0
  const cells =
    text
      .split('\n')
      .find((line) => line.includes('├'))
      ?.trim().length ?? 0
  expect(filled / cells).toBeGreaterThan(0.8)
  expect(filled / cells).toBeLessThan(0.9)
})

test('two starts share the axis', () => {
  const text = renderWaterfall([dockerStart(), processStart()], plain(100))
  const ends = text
    .split('\n')
    .filter((line) => line.includes('detection'))
    .map((line) => line.search(BLOCK))
  const [docker = 0, process = 0] = ends
  const origin = lineOf(text, 'accept').search(BLOCK)
  expect((process - origin) / (docker - origin)).toBeCloseTo(98 / 230, 1)
})

test('the uncertainty of an edge is light, and explained only where there is any', () => {
  const text = renderWaterfall([cloudStart()], plain(100))
  expect(lineOf(text, 'pull')).toMatch(/░+█+░+/)
  expect(text).toContain('░ between the earliest and the latest')
  expect(renderWaterfall([refusedStart()], plain(100))).not.toContain('░')
})

test('the shortest phase beside the longest is still visible', () => {
  const text = renderWaterfall([lopsidedStart()], plain(60))
  for (const phase of ['prepare', 'pull', 'create', 'start', 'boot', 'detection']) {
    expect(lineOf(text, phase)).toMatch(BLOCK)
  }
})

test('emulated, failed and flagged starts say so', () => {
  const starts = [cloudStart(), failedStart(), unsteadyStart(), inferredStart()]
  const text = renderWaterfall(starts, plain(100))
  expect(text).toContain('azure [aci] (emulated) · 45.1 s')
  expect(text).toContain('remote [docker] · failed: exited')
  expect(text).toMatch(/unattributed .* ms !$/m)
  expect(text).toMatch(/unattributed .* ms ~$/m)
  expect(text).toContain('! unsteady: ')
  expect(text).toContain('~ inferred: ')
  expect(renderWaterfall([dockerStart()], plain(100))).not.toMatch(/unsteady|inferred|emulated/)
})

test('colour changes no text', () => {
  const starts = [dockerStart(), cloudStart()]
  const colored = renderWaterfall(starts, { width: 80, color: true })
  expect(colored).toContain('\u001b[')
  expect(stripVTControlCharacters(colored)).toBe(renderWaterfall(starts, plain(80)))
})

test('no line is wider than the terminal', () => {
  fc.assert(
    fc.property(arbitraryRecords, fc.integer({ min: 1, max: 160 }), (records, width) => {
      const lines = renderWaterfall(records, plain(width)).split('\n')
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width)
    }),
    { numRuns: 150 },
  )
})
