import { formatMedian, formatQuantile } from './format-quantile.ts'
import { quantile } from './order-statistics.ts'
import type { Table } from './table.ts'

/** One contender's figure in one round; undefined where it failed. */
export interface Measurement {
  readonly round: number
  readonly contender: string
  readonly valueInMs: number | undefined
}

/** How the others stand to one of them. Always within the round, where the machine was the same. */
export interface Comparison {
  readonly baseline: string
  /** Divided by the baseline, or less it. */
  readonly by: 'ratio' | 'difference'
}

/** A row for each contender, the fastest first. */
export function attemptsTable(
  title: string,
  measurements: readonly Measurement[],
  { baseline, by }: Comparison,
  digits: number,
): Table {
  const contenders = [...new Set(measurements.map(({ contender }) => contender))].toSorted(
    (left, right) => centre(measurements, left) - centre(measurements, right),
  )
  const baselines = new Map(
    measurements
      .filter(({ contender }) => contender === baseline)
      .map(({ round, valueInMs }) => [round, valueInMs]),
  )
  const rows = contenders.map((name) => {
    const own = measurements.filter(({ contender }) => contender === name)
    const values = own.flatMap(({ valueInMs }) => valueInMs ?? [])
    const pairs = own.flatMap(({ round, valueInMs }) => {
      const base = baselines.get(round)
      if (base === undefined || valueInMs === undefined) return []
      return [by === 'ratio' ? valueInMs / base : valueInMs - base]
    })
    return [
      name,
      String(values.length),
      String(own.length - values.length),
      formatMedian(values, digits),
      formatQuantile(values, 0.95, digits),
      name === baseline ? '' : formatMedian(pairs, by === 'ratio' ? 3 : digits),
    ]
  })
  const compared = by === 'ratio' ? `ratio to ${baseline}` : `ms over ${baseline}`
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
