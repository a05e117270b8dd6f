import stringWidth from 'string-width'
import { FLAGS, phaseFlags } from '../describe-start.ts'
import { formatDollars } from '../format-cost.ts'
import { durationParts, formatBounds, formatDuration } from '../format-duration.ts'
import { type PhaseRow, phaseRows } from '../phase-rows.ts'
import type { StartRecord } from '../start-record.ts'
import type { Style } from './line.ts'

/** One figure: it is set to the right of its column, its bounds to the left behind it. */
export interface Cell {
  readonly value: string
  readonly bounds: string
  readonly style?: Style | undefined
}

/** One row of figures: what it is of, and a cell for each start. */
export interface Row {
  readonly label: string
  readonly style?: Style | undefined
  readonly cells: readonly Cell[]
}

const NONE: Cell = { value: '', bounds: '' }

/** Every phase of any of these starts. */
export function phaseCells(records: readonly StartRecord[]): Row[] {
  return phaseRows(records).map((row) => ({
    label: phaseLabel(row),
    style: row.name === 'unattributed' ? 'dim' : undefined,
    cells: row.cells.map((phase, index): Cell => {
      const record = records[index]
      if (phase === undefined || record === undefined) return NONE
      const signs = phaseFlags(phase, record).map((flag) => FLAGS[flag].sign)
      return {
        value: alignedDuration(phase.duration),
        bounds: [formatBounds(phase), ...signs].join(' '),
      }
    }),
  }))
}

/** The total, and what it has cost so far. */
export function sumCells(records: readonly StartRecord[]): Row[] {
  return [
    { label: 'total', style: 'bold', cells: records.map(totalCell) },
    { label: 'cost so far', cells: records.map(costCell) },
  ]
}

/** How wide the figures of one start are, and their bounds. */
export function cellWidths(cells: readonly (Cell | undefined)[]): { value: number; bounds: number } {
  const widest = (text: (cell: Cell) => string) =>
    Math.max(0, ...cells.map((cell) => stringWidth(text(cell ?? NONE))))
  return { value: widest(({ value }) => value), bounds: widest(({ bounds }) => bounds) }
}

function totalCell({ status, error, timeline }: StartRecord): Cell {
  if (status === 'failed') return { value: '', bounds: `✗ ${error?.code ?? 'internal'}`, style: 'red' }
  const total = timeline?.total
  if (total == null) return { value: '–', bounds: '', style: 'bold' }
  return { value: alignedDuration(total), bounds: 'exact', style: 'bold' }
}

function costCell({ cost }: StartRecord): Cell {
  return cost === null ? { ...NONE, value: '–' } : { ...NONE, value: formatDollars(cost.amount) }
}

/** `unattributed (pull, create)`: what no source explains says what hides in it. */
function phaseLabel({ name, contains }: PhaseRow): string {
  return contains.length === 0 ? name : `${name} (${contains.join(', ')})`
}

/** With its unit in two columns, so that figures of `ms` and of `s` stand right under each other. */
function alignedDuration(micros: number): string {
  const { value, unit } = durationParts(micros)
  return value === '0' ? formatDuration(0) : `${value} ${unit.padEnd(2)}`
}
