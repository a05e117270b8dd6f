import { formatDollars } from '../format-cost.ts'
import type { StartRecord } from '../start-record.ts'
import { emulatedBadge, facts, scrolling } from './figures.ts'
import { type Html, html } from './html.ts'

/** What a start has cost so far, by which prices, and where they were read. */
export function costDetails(record: StartRecord): Html {
  const { cost } = record
  if (cost === null) return html``
  const { rates } = cost
  const range =
    cost.atLeast === cost.atMost ? '' : ` (${formatDollars(cost.atLeast)} to ${formatDollars(cost.atMost)})`
  return html`<details><summary>Cost: ${formatDollars(cost.amount)}${emulatedBadge(record)}</summary>
${facts([
  [
    'So far',
    `${formatDollars(cost.amount)}${range}${cost.running && cost.perHour > 0 ? ', still rising' : ''}`,
  ],
  ['Per hour', formatDollars(cost.perHour)],
  [
    'Billed',
    `${Number(cost.billedSeconds.toPrecision(3))} s, from ${rates.billedFrom} until ${rates.billedUntil}`,
  ],
  ['At least billed', rates.minimumSeconds ? `${rates.minimumSeconds} s` : undefined],
  ['Rates from', html`${source(rates.source)}, read on ${rates.date}`],
  ['Not in it', rates.excludes?.join(', ')],
])}
${rates.items.length > 0 && priceTable(record, rates.items)}</details>`
}

function priceTable(
  record: StartRecord,
  items: readonly { what: string; quantity: number; unit: string; pricePerHour: number }[],
): Html {
  const table = html`<table>
<caption>Prices${emulatedBadge(record)}</caption>
<thead><tr><th scope="col">What</th><th scope="col" class="number">Quantity</th><th scope="col" class="number">Price of one for an hour</th></tr></thead>
<tbody>${items.map(({ what, quantity, unit, pricePerHour }) => html`<tr><th scope="row">${what}</th><td class="number">${quantity} ${unit}</td><td class="number">${formatDollars(pricePerHour)}</td></tr>`)}</tbody></table>`
  return scrolling('Prices', table)
}

/** Only an address of the web becomes a link. */
function source(text: string): Html {
  return /^https:\/\/[^\s]+$/.test(text)
    ? html`<a href="${text}" rel="noreferrer">${text}</a>`
    : html`${text}`
}
