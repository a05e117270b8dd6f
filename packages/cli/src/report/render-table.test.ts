import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { renderTable } from './render-table.ts'
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
const widest = (text: string) => Math.max(...text.split('\n').map((line) => stringWidth(line)))

test('starts stand side by side, a row for each phase, then total and cost', () => {
  const lines = renderTable([dockerStart(), processStart()], plain(80)).split('\n')
  expect(lines).toEqual([
    '127.0.0.1:5000/nginx:1 · ready by http :80/',
    '',
    '              docker            process',
    'accept        4.90 ms ±4.9',
    'create        3.95 ms −4 +5.9   0.500 ms ±0.1',
    'start          202 ms ±4         1.75 ms ±0.25',
    'boot          18.9 ms ±4.2       94.9 ms ±1.3',
    'detection     1.77 ms ±1.8       1.05 ms ±1.1',
    '──────────────────────────────────────────────',
    'total          231 ms exact      98.2 ms exact',
    'cost so far        $0                 $0',
  ])
})

test('the figures shown sum to the total shown, up to their rounding', () => {
  for (const record of [dockerStart(), processStart(), cloudStart(), lopsidedStart(), unsteadyStart()]) {
    const shown = renderTable([record], plain(80))
    const figures = [...shown.matchAll(/ {2,}([\d.]+) (ms|s) /g)].map(([, figure = '', unit]) => {
      const scale = unit === 'ms' ? 1 : 1_000
      return { micros: Number(figure) * scale, half: scale / 10 ** (figure.split('.')[1]?.length ?? 0) / 2 }
    })
    const total = figures.pop()
    expect(figures.length).toBeGreaterThan(2)
    const sum = figures.reduce((sum, { micros }) => sum + micros, 0)
    const rounding = figures.reduce((sum, { half }) => sum + half, total?.half ?? 0)
    expect(Math.abs(sum - (total?.micros ?? 0))).toBeLessThanOrEqual(rounding)
  }
})

test('an emulated start is labelled, a real one is not', () => {
  expect(renderTable([cloudStart()], plain(80))).toContain('azure [aci] (emulated)')
  expect(renderTable([cloudStart({ emulated: false })], plain(80))).not.toContain('emulated')
  const many = renderTable([cloudStart(), cloudStart({ provider: 'gcp', adapter: 'gke' })], plain(40))
  expect(many.match(/gcp \[gke\] \(emulated\)/g)).toHaveLength(3)
  expect(many.replace(/\s+/g, ' ')).toContain('recorded profile (2019, n = 8), 10 times faster')
})

test('a failed start has its code and message instead of figures', () => {
  const text = renderTable([dockerStart(), failedStart(), refusedStart()], plain(120))
  expect(text).toContain('✗ exited')
  expect(text).toContain('✗ remote [docker] failed, exited: nginx on remote ended with exit code 1')
  expect(text).toContain('no credentials for ecs in eu-west-1')
  expect(renderTable([failedStart()], plain(80))).not.toMatch(/\d ms/)
})

test('what no source explains says what it contains', () => {
  expect(renderTable([cloudStart()], plain(80)).replace(/\s+/g, ' ')).toContain(
    'unattributed (address, boot) 15.6 s',
  )
})

test('flags are signed, and explained only where they occur', () => {
  expect(renderTable([unsteadyStart()], plain(80))).toMatch(/ms ±\S+ !\n[\s\S]*! unsteady: /)
  expect(renderTable([inferredStart()], plain(80))).toMatch(/ms ±\S+ ~\n[\s\S]*~ inferred: /)
  expect(renderTable([dockerStart()], plain(80))).not.toMatch(/unsteady|inferred/)
})

test('three providers read well in 80 columns, one below the other in 40', () => {
  const starts = [dockerStart(), processStart(), cloudStart()]
  const wide = renderTable(starts, plain(80))
  expect(wide).toMatch(/docker +process +azure \[aci\] \(emulated\)/)
  expect(wide).not.toContain('…')
  const narrow = renderTable(starts, plain(40))
  expect(narrow).not.toMatch(/docker +process/)
  expect(narrow).not.toContain('…')
  expect(narrow.match(/^total /gm)).toHaveLength(3)
})

test('starts of several images name each', () => {
  const text = renderTable([dockerStart({ image: 'nginx:1' }), processStart({ image: '名前:2' })], plain(40))
  expect(text).toContain('nginx:1')
  expect(text).toContain('名前:2')
})

test('colour is there only when asked for, and changes no text', () => {
  const starts = [dockerStart(), failedStart()]
  const colored = renderTable(starts, { width: 80, color: true })
  expect(colored).toContain('\u001b[')
  expect(stripVTControlCharacters(colored)).toBe(renderTable(starts, plain(80)))
})

test('no line is wider than the terminal, and nothing from outside steers it', () => {
  fc.assert(
    fc.property(arbitraryRecords, fc.integer({ min: 1, max: 160 }), fc.boolean(), (records, width, color) => {
      const text = renderTable(records, { width, color })
      expect(widest(text)).toBeLessThanOrEqual(width)
      const bare = renderTable(records, plain(width))
      expect(bare.match(/[^\P{Cc}\n]|\p{Bidi_Control}/gu)).toBeNull()
      expect(color ? stripVTControlCharacters(text) : text).toBe(bare)
    }),
    { numRuns: 150 },
  )
})
