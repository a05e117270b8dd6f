import { formatMedian, formatQuantile } from './format-quantile.ts'
import { quantile } from './order-statistics.ts'
import type { Table } from './table.ts'

/** One contender's figure in one round; undefined where it failed. */
export interface Measurement {
  readonly round: number
  readonly contender: string
  readonly valueInMs: number | undefined
}

/** How a contender stands to the floor: divided by it, or less it. Both within the round, where the machine was the same. */
export type Comparison = 'ratio' | 'difference'

/** A row for each contender, compared with the one named `floor`. */
export function attemptsTable(
  title: string,
  measurements: readonly Measurement[],
  comparison: Comparison,
  digits: number,
): Table {
  const contenders = [...new Set(measurements.map(({ contender }) => contender))].toSorted(
    (left, right) => centre(measurements, left) - centre(measurements, right),
  )
  const floors = new Map(
    measurements
      .filter(({ contender }) => contender === 'floor')
      .map(({ round, valueInMs }) => [round, valueInMs]),
  )
  const rows = contenders.map((name) => {
    const own = measurements.filter(({ contender }) => contender === name)
    const values = own.flatMap(({ valueInMs }) => valueInMs ?? [])
    const pairs = own.flatMap(({ round, valueInMs }) => {
      const floor = floors.get(round)
      if (floor === undefined || valueInMs === undefined) return []
      return [comparison === 'ratio' ? valueInMs / floor : valueInMs - floor]
    })
    return [
      name,
      String(values.length),
      String(own.length - values.length),
      formatMedian(values, digits),
      formatQuantile(values, 0.95, digits),
      name === 'floor' ? '' : formatMedian(pairs, comparison === 'ratio' ? 3 : digits),
    ]
  })
  const compared = comparison === 'ratio' ? 'ratio to floor' : 'ms over floor'
  return {
    title,
    columns: ['', 'n', 'failed', 'median ms [95 % CI]', 'p95 ms [95 % CI]', `${compared} [95 % CI]`],
    rows,
    notes: [],
  }
}

function centre(measurements: readonly Measurement[], name: string): number {
  const values = measurements.flatMap(({ contender, valueInMs }) =>
    contender === name && valueInMs !== undefined ? [valueInMs] : [],
  )
  return values.length > 0 ? quantile(values, 0.5).value : Number.POSITIVE_INFINITY
}
