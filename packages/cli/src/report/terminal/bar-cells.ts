import type { WaterfallRow } from '../waterfall-rows.ts'

const FROM_LEFT = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█']
const LIGHT = '░'

/**
 * A bar as text, `cells` columns wide: blocks of an eighth of a column for what is sure, `░` where an edge may lie. However short, a
 * bar shows something.
 *
 * @param end where the axis ends, in microseconds
 */
export function barCells({ start, end: stop }: WaterfallRow, end: number, cells: number): string {
  const scale = (micros: number) => Math.min(cells, Math.max(0, (micros / end) * cells))
  const [from, to] = [scale(start.at), scale(stop.at)]
  const unsure = [
    [scale(start.earliest), scale(start.latest)],
    [scale(stop.earliest), scale(stop.latest)],
  ] as const
  const text = Array.from({ length: cells }, (_, cell) => {
    if (unsure.some(([left, right]) => overlap(left, right, cell) >= 0.5)) return LIGHT
    return block(from, to, cell)
  }).join('')
  if (text.trim() !== '') return text
  const place = Math.min(cells - 1, Math.floor(from))
  return `${' '.repeat(place)}▏`.padEnd(cells)
}

/** The block for one column of a bar between `from` and `to`. There are eighths from the left, but only a half from the right. */
function block(from: number, to: number, cell: number): string {
  const filled = overlap(from, to, cell)
  if (filled <= 0) return ' '
  if (from > cell && to >= cell + 1) return filled >= 0.75 ? '█' : filled >= 0.25 ? '▐' : '▕'
  return FROM_LEFT[Math.max(1, Math.round(filled * 8))] ?? ' '
}

function overlap(from: number, to: number, cell: number): number {
  return Math.min(to, cell + 1) - Math.max(from, cell)
}
