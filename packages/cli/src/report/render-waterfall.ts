import stringWidth from 'string-width'
import { FLAGS, outcome, phaseFlags, providerLabel, shared } from './describe-start.ts'
import { formatDuration } from './format-duration.ts'
import type { StartRecord } from './start-record.ts'
import { axisLines } from './terminal/axis-lines.ts'
import { barCells } from './terminal/bar-cells.ts'
import { type Line, type LineOptions, padLine, paintLines, type Style, wrapText } from './terminal/line.ts'
import { captionLines, flagLines, footLines } from './terminal/start-lines.ts'
import { terminalRecords } from './terminal/terminal-records.ts'
import { axisEnd, type WaterfallRow, waterfallRows } from './waterfall-rows.ts'

/** With fewer columns left for the bars, the labels stand over them instead of beside them. */
const FEWEST_CELLS = 20
const WIDEST_LABEL = 22

const PHASE_STYLES: Readonly<Record<string, Style>> = {
  schedule: 'yellow',
  prepare: 'yellow',
  pull: 'cyan',
  create: 'blue',
  start: 'green',
  address: 'magenta',
  connect: 'magenta',
  boot: 'red',
  respond: 'yellow',
  unattributed: 'gray',
}

/** Starts as bars on one common axis of time: one bar a phase, `░` where its edge may lie, its duration at the end of the line. */
export function renderWaterfall(records: readonly StartRecord[], options: LineOptions): string {
  const starts = terminalRecords(records)
  const chart = layOut(starts, options.width)
  const images = shared(starts, ({ image }) => image) === undefined
  const lines = [
    ...captionLines(starts, options.width),
    ...axisLines(chart.end, chart.cells).map(
      (text): Line => [{ text: ' '.repeat(chart.labels) }, { text, style: 'dim' }],
    ),
    ...starts.flatMap((record) => startLines(record, chart, images, options.width)),
    ...footLines(starts, options.width),
    ...legend(starts, options.width),
  ]
  return paintLines(lines, options)
}

interface Chart {
  readonly end: number
  /** Columns of the bars. */
  readonly cells: number
  /** Columns before them; 0 where the labels stand over the bars. */
  readonly labels: number
}

function layOut(records: readonly StartRecord[], width: number): Chart {
  const rows = records.flatMap(waterfallRows)
  const widest = (text: (row: WaterfallRow) => string) =>
    Math.max(0, ...rows.map((row) => stringWidth(text(row))))
  const labels =
    Math.min(
      WIDEST_LABEL,
      widest(({ label }) => label),
    ) + 4
  const cells = width - labels - 2 - widest(duration) - 2
  const end = axisEnd(records)
  return cells < FEWEST_CELLS ? { end, cells: Math.max(1, width - 1), labels: 0 } : { end, cells, labels }
}

function startLines(record: StartRecord, chart: Chart, images: boolean, width: number): Line[] {
  const failed = record.status === 'failed'
  const title = `${providerLabel(record)} · ${outcome(record)}${images ? ` · ${record.image}` : ''}`
  return [
    ...wrapText(title, width).map((text): Line => [{ text, style: failed ? ['bold', 'red'] : 'bold' }]),
    ...waterfallRows(record).flatMap((row) => rowLines(row, record, chart, width)),
  ]
}

function rowLines(
  row: WaterfallRow,
  record: StartRecord,
  { end, cells, labels }: Chart,
  width: number,
): Line[] {
  const signs = row.phase === undefined ? [] : phaseFlags(row.phase, record).map((flag) => FLAGS[flag].sign)
  const figure = [duration(row), ...signs].join(' ')
  const bar: Line = [{ text: barCells(row, end, cells), style: PHASE_STYLES[row.label] }]
  const contents = row.phase?.contains.join(', ')
  if (labels === 0) {
    const title = `${row.label} ${figure}${contents ? ` (${contents})` : ''}`
    return [...wrapText(title, width - 2).map((text): Line => [{ text: `  ${text}` }]), bar]
  }
  const [label = '', ...rest] = wrapText(row.label, labels - 4)
  const more = [...rest, ...(contents ? wrapText(contents, labels - 4) : [])]
  const indent = (text: string): Line => padLine([{ text: `  ${text}`, style: 'dim' }], labels)
  const first = padLine([{ text: `  ${label}` }], labels)
  return [[...first, ...bar, { text: `  ${figure}` }], ...more.map(indent)]
}

function duration({ start, end }: WaterfallRow): string {
  return formatDuration(end.at - start.at)
}

/** What the light blocks mean is told only where there is one. */
function legend(records: readonly StartRecord[], width: number): Line[] {
  const unsure = records.some((record) =>
    waterfallRows(record).some(
      ({ start, end }) => start.latest > start.earliest || end.latest > end.earliest,
    ),
  )
  const light = unsure ? wrapText('░ between the earliest and the latest a step can have ended', width) : []
  const lines = [...light.map((text): Line => [{ text, style: 'dim' }]), ...flagLines(records, width)]
  return lines.length === 0 ? [] : [[], ...lines]
}
