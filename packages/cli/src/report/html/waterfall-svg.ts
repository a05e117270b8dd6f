import { FLAGS, phaseFlags, providerLabel } from '../describe-start.ts'
import { formatBounds, formatDuration } from '../format-duration.ts'
import type { StartRecord } from '../start-record.ts'
import { type BarEdge, type WaterfallRow, waterfallRows } from '../waterfall-rows.ts'
import { type Html, html } from './html.ts'
import { phaseClass } from './phase-class.ts'

/** Pixels; the page's style sets the labels beside the bars in lines as high. */
export const ROW_HEIGHT = 26
const BAR_HEIGHT = 14
const WHISKER_CAP = 4

/** Whiskers narrower than this part of the axis are not drawn: they would be one stroke. */
const NARROWEST_WHISKER = 0.006

/**
 * The bars of one start. Along the axis everything is placed in percent, so that it fits any width while strokes keep theirs.
 *
 * @param id unique in the page
 * @param end where the axis ends, in microseconds
 * @param ticks where the grid's lines are, in microseconds
 */
export function waterfallSvg(record: StartRecord, id: string, end: number, ticks: readonly number[]): Html {
  const rows = waterfallRows(record)
  const place = (micros: number) => percent(micros, end)
  const grid = ticks.map(
    (at) => html`<line class="grid" x1="${place(at)}" x2="${place(at)}" y1="0" y2="100%"/>`,
  )
  const bars = rows.map((row, index) => bar(row, record, index * ROW_HEIGHT, end))
  return html`<svg class="bars" role="img" aria-labelledby="${id}-title ${id}-text" width="100%" height="${rows.length * ROW_HEIGHT}">
<title id="${id}-title">Waterfall of ${providerLabel(record)}</title>
<desc id="${id}-text">${rows.map((row) => `${sentence(row, record)}. `)}</desc>
${grid}${bars}</svg>`
}

function bar(row: WaterfallRow, record: StartRecord, top: number, end: number): Html {
  const { start, end: stop, phase } = row
  const name = phaseClass(phase?.name)
  const [from, to] = [percent(start.at, end), percent(stop.at, end)]
  const y = top + (ROW_HEIGHT - BAR_HEIGHT) / 2
  const width = percent(stop.at - start.at, end)
  // The stroke at its start keeps even the shortest bar visible.
  return html`<g><title>${sentence(row, record)}</title>
<rect class="bar ${name}" x="${from}" y="${y}" width="${width}" height="${BAR_HEIGHT}"/>
<line class="least ${name}" x1="${from}" x2="${from}" y1="${y}" y2="${y + BAR_HEIGHT}"/>
<rect class="hover" x="0" y="${top}" width="100%" height="${ROW_HEIGHT}"/>
${[start, stop].map((edge) => whisker(edge, y + BAR_HEIGHT / 2, end))}${record.status === 'failed' && isLast(row, record) && html`<line class="failure" x1="${to}" x2="${to}" y1="${top + 1}" y2="${top + ROW_HEIGHT - 1}"/>`}</g>`
}

/** Whether an edge is uncertain enough to be seen on an axis that ends there. */
export function hasWhisker({ earliest, latest }: BarEdge, end: number): boolean {
  return (latest - earliest) / end >= NARROWEST_WHISKER
}

/** From the earliest to the latest that an edge may lie. */
function whisker(edge: BarEdge, y: number, end: number): Html {
  if (!hasWhisker(edge, end)) return html``
  const { earliest, latest } = edge
  const [from, to] = [percent(earliest, end), percent(latest, end)]
  const lines = (kind: string) => [
    html`<line class="${kind}" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>`,
    ...[from, to].map(
      (x) =>
        html`<line class="${kind}" x1="${x}" x2="${x}" y1="${y - WHISKER_CAP}" y2="${y + WHISKER_CAP}"/>`,
    ),
  ]
  // The halo parts it from the bar, whichever colour that has.
  return html`${lines('halo')}${lines('whisker')}`
}

/** What a bar shows, for who hovers over it, and who cannot see it. */
function sentence({ label, start, end, phase }: WaterfallRow, record: StartRecord): string {
  const took = formatDuration(end.at - start.at)
  const from = `from ${formatDuration(start.at)} to ${formatDuration(end.at)}`
  if (phase === undefined) return `${label} (beside the path to readiness): ${took}, ${from}`
  const contents = phase.contains.length > 0 ? ` (${phase.contains.join(', ')})` : ''
  const flags = phaseFlags(phase, record).map((flag) => `; ${FLAGS[flag].meaning}`)
  return `${label}${contents}: ${took} ${formatBounds(phase)}, ${from}${flags.join('')}`
}

function isLast({ phase }: WaterfallRow, record: StartRecord): boolean {
  return phase !== undefined && waterfallRows(record).findLast((row) => row.phase)?.phase?.to === phase.to
}

/** Three decimals are a hundredth of a pixel. */
export function percent(micros: number, end: number): string {
  return `${Number(((Math.min(end, Math.max(0, micros)) / end) * 100).toFixed(3))}%`
}
