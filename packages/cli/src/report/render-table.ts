import { providerLabel, shared } from './describe-start.ts'
import type { StartRecord } from './start-record.ts'
import { type Line, type LineOptions, padLine, paintLines, widthOf, wrapText } from './terminal/line.ts'
import { captionLines, flagLines, footLines } from './terminal/start-lines.ts'
import { type Cell, cellWidths, phaseCells, type Row, sumCells } from './terminal/table-cells.ts'
import { terminalRecords } from './terminal/terminal-records.ts'

const GAP = 3
/** A phase's name may take so much, and is wrapped beyond. */
const WIDEST_LABEL = 32
/** The longest name of a phase that cannot be broken: `unattributed`. */
const NARROWEST_LABEL = 12
const WIDEST_HEADING = 24

/**
 * Starts side by side: a column for each, a row for each phase, then the total and the cost. As many beside each other as `width` has room
 * for, the rest below.
 */
export function renderTable(records: readonly StartRecord[], options: LineOptions): string {
  const starts = terminalRecords(records)
  const images = shared(starts, ({ image }) => image) === undefined
  const lines = [
    ...captionLines(starts, options.width),
    ...blocks(starts, options.width, images),
    ...footLines(starts, options.width),
    ...flagLines(starts, options.width),
  ]
  return paintLines(lines, options)
}

/**
 * The widest table that fits, then one of the rest.
 *
 * @param images whether the starts are of several images, so that each column has to name its own
 */
function blocks(records: readonly StartRecord[], width: number, images: boolean): Line[] {
  if (records.length === 0) return [[{ text: 'no starts', style: 'dim' }]]
  for (let count = records.length; count > 1; count--) {
    const block = table(records.slice(0, count), width, images)
    if (!block.every((line) => widthOf(line) <= width)) continue
    const rest = records.slice(count)
    return rest.length === 0 ? block : [...block, [], ...blocks(rest, width, images)]
  }
  const [first, ...rest] = records
  const alone = first === undefined ? [] : table([first], width, images)
  return rest.length === 0 ? alone : [...alone, [], ...blocks(rest, width, images)]
}

function table(records: readonly StartRecord[], width: number, images: boolean): Line[] {
  const [phases, sums] = [phaseCells(records), sumCells(records)]
  const rows = [...phases, ...sums]
  const columns = records.map((record, index) => column(record, rows, index, images))
  const figures = columns.reduce((sum, { width }) => sum + GAP + width, 0)
  const labels = labelWidth(rows, width - figures)
  const rule: Line = [{ text: '─'.repeat(Math.max(1, Math.min(width, labels + figures))), style: 'dim' }]
  const lay = (row: Row) => rowLines(row, labels, columns)
  return [...headings(columns, labels), ...phases.flatMap(lay), rule, ...sums.flatMap(lay)]
}

interface Column {
  readonly heading: Line[]
  readonly value: number
  readonly width: number
}

function column(record: StartRecord, rows: readonly Row[], index: number, images: boolean): Column {
  const { value, bounds } = cellWidths(rows.map(({ cells }) => cells[index]))
  const heading = [
    ...wrapText(providerLabel(record), WIDEST_HEADING).map(
      (text): Line => [{ text, style: record.emulated ? ['bold', 'yellow'] : 'bold' }],
    ),
    ...(images ? wrapText(record.image, WIDEST_HEADING) : []).map((text): Line => [{ text, style: 'dim' }]),
  ]
  return { heading, value, width: Math.max(value + 1 + bounds, ...heading.map(widthOf)) }
}

function labelWidth(rows: readonly Row[], room: number): number {
  const longest = Math.max(...rows.map(({ label }) => widthOf([{ text: label }])))
  return Math.min(longest, WIDEST_LABEL, Math.max(NARROWEST_LABEL, room))
}

function headings(columns: readonly Column[], labels: number): Line[] {
  const height = Math.max(...columns.map(({ heading }) => heading.length))
  return Array.from({ length: height }, (_, index) => [
    ...padLine([], labels),
    ...columns.flatMap(({ heading, width }) => [
      { text: ' '.repeat(GAP) },
      ...padLine(heading[index] ?? [], width),
    ]),
  ])
}

/** The figures stand beside the first line of the label. */
function rowLines({ label, style, cells }: Row, labels: number, columns: readonly Column[]): Line[] {
  return wrapText(label, labels).map((text, index) => [
    ...padLine([{ text, style }], labels),
    ...(index === 0 ? columns.flatMap((column, place) => cellSegments(cells[place], column)) : []),
  ])
}

function cellSegments(cell: Cell | undefined, { value, width }: Column): Line {
  const { value: figure = '', bounds = '', style } = cell ?? {}
  const before = ' '.repeat(GAP + Math.max(0, value - widthOf([{ text: figure }])))
  const segments: Line = [
    { text: before },
    { text: figure, style },
    { text: ' ' },
    { text: bounds, style: style === 'red' ? 'red' : 'dim' },
  ]
  return padLine(segments, GAP + width)
}
