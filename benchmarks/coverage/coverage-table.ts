import type { Mark } from '@berth/core'
import { formatQuantile } from '../harness/format-quantile.ts'
import { quantile } from '../harness/order-statistics.ts'
import { leastRate } from '../harness/success-rate.ts'
import type { Table } from '../harness/table.ts'
import { type CheckedMark, holds } from './check-start.ts'

const TRUTHS: Partial<Record<Mark, string>> = {
  'pull-ended': "the engine's event",
  created: "the engine's event",
  started: 'first instruction',
  connected: 'listen(2) to accept(2)',
  ready: 'listen(2)',
}

/** A row for each mark: how often its interval holds the truth, and how wide it is. */
export function coverageTable(title: string, marks: readonly CheckedMark[]): Table {
  const rows = [...new Set(marks.map(({ mark }) => mark))].map((name) => {
    const own = marks.filter(({ mark }) => mark === name)
    const known = own.flatMap((mark) => (mark.truth ? [{ ...mark, truth: mark.truth }] : []))
    const covered = known.filter(holds).length
    const widths = own.map(({ earliest, latest }) => (latest - earliest) / 1_000)
    const errors = known.map(({ at, truth }) => (at - (truth[0] + truth[1]) / 2) / 1_000)
    return [
      name,
      String(own.length),
      (known.length > 0 && TRUTHS[name]) || 'none',
      known.length > 0 ? `${covered}/${known.length}` : '',
      known.length > 0 ? `${(100 * leastRate(covered, known.length)).toFixed(1)} %` : '',
      formatQuantile(widths, 0.5, 3),
      quantile(widths, 0.95).value.toFixed(3),
      errors.length > 0 ? formatQuantile(errors, 0.5, 3) : '',
    ]
  })
  return {
    title,
    columns: [
      'mark',
      'n',
      'truth',
      'held',
      'at least',
      'width ms [95 % CI]',
      'p95 width',
      'point - truth ms [95 % CI]',
    ],
    rows,
    notes: [
      'Held: the interval [earliest, latest] contains the truth. At least: the rate that this supports with 95 % confidence.',
    ],
  }
}
