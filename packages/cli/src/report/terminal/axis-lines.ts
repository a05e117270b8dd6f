import stringWidth from 'string-width'
import { axisTicks } from '../axis-ticks.ts'

/** A label and the blanks around it need so many columns at least. */
const COLUMNS_PER_TICK = 11

/** An axis in two lines: the ticks' labels, and the line with the ticks. Each `cells` columns wide at most. */
export function axisLines(end: number, cells: number): [string, string] {
  const ticks = axisTicks(end, Math.floor(cells / COLUMNS_PER_TICK))
  let labels = ''
  const line = Array.from({ length: cells }, () => '─')
  for (const { at, label } of ticks) {
    const column = Math.min(cells - 1, Math.round((at / end) * cells))
    line[column] = at === 0 ? '├' : column === cells - 1 ? '┤' : '┼'
    const start = Math.min(column, cells - stringWidth(label))
    const used = stringWidth(labels)
    if (used === 0 ? start >= 0 : start > used) labels += ' '.repeat(start - used) + label
  }
  return [labels, line.join('')]
}
