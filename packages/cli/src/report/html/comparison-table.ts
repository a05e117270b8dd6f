import { FLAGS, phaseFlags, providerName } from '../describe-start.ts'
import { formatDollars } from '../format-cost.ts'
import { type PhaseRow, phaseRows } from '../phase-rows.ts'
import type { StartRecord } from '../start-record.ts'
import { bounds, duration, emulatedBadge, scrolling } from './figures.ts'
import { type Html, html } from './html.ts'

/** Starts side by side: a column for each, a row for each phase. */
export function comparisonTable(records: readonly StartRecord[]): Html {
  const images = new Set(records.map(({ image }) => image)).size > 1
  const table = html`<table class="comparison">
<thead><tr><th scope="col">Phase</th>${records.map((record) => html`<th scope="col">${providerName(record)}${emulatedBadge(record)}${images && html`<small>${record.image}</small>`}</th>`)}</tr></thead>
<tbody>${phaseRows(records).map((row) => phaseRow(row, records))}</tbody>
<tfoot>
<tr><th scope="row">Total</th>${records.map((record) => html`<td>${total(record)}</td>`)}</tr>
<tr><th scope="row">Cost so far</th>${records.map(({ cost }) => html`<td>${cost === null ? '–' : formatDollars(cost.amount)}</td>`)}</tr>
</tfoot></table>`
  return scrolling('Side by side', table)
}

function phaseRow({ name, contains, cells }: PhaseRow, records: readonly StartRecord[]): Html {
  const cell = (index: number) => {
    const [phase, record] = [cells[index], records[index]]
    if (phase === undefined || record === undefined) return html`<td class="none">–</td>`
    const signs = phaseFlags(phase, record).map((flag) => html` <b class="sign">${FLAGS[flag].sign}</b>`)
    return html`<td>${duration(phase.duration)} ${bounds(phase)}${signs}</td>`
  }
  const contents = contains.length > 0 && html`<small>contains ${contains.join(', ')}</small>`
  return html`<tr><th scope="row">${name}${contents}</th>${records.map((_, index) => cell(index))}</tr>`
}

function total({ status, error, timeline }: StartRecord): Html {
  if (status === 'failed') return html`<span class="failed">failed: ${error?.code ?? 'internal'}</span>`
  return timeline?.total == null
    ? html`–`
    : html`${duration(timeline.total)} <span class="bounds">exact</span>`
}
