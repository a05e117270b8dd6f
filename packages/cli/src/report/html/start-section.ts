import type { TimelineJson } from '@berth/core'
import { outcome, providerName } from '../describe-start.ts'
import { formatDuration } from '../format-duration.ts'
import type { StartRecord } from '../start-record.ts'
import { costDetails } from './cost-details.ts'
import { describeAssumptions, describeClock } from './describe-evidence.ts'
import { failureDetails } from './failure-details.ts'
import { duration, emulatedBadge, facts, instant, scrolling } from './figures.ts'
import { type Html, html } from './html.ts'
import { marksTable, phasesTable } from './start-tables.ts'
import { ownWaterfall } from './waterfall-figure.ts'

/**
 * All that is known of one start.
 *
 * @param commonEnd where the axis of all starts ends, in microseconds
 */
export function startSection(record: StartRecord, index: number, commonEnd: number): Html {
  const { timeline } = record
  const id = `start-${index + 1}`
  const failed = record.status === 'failed'
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${providerName(record)}${emulatedBadge(record)} <span class="${failed ? 'total failed' : 'total'}">${outcome(record)}</span></h2>
${facts([
  ['Image', html`<code>${record.image}</code>`],
  ['Ready by', record.probe],
  ['Place', record.place],
  ['Emulated', record.emulation],
  ['Answered at', record.url],
  ['Run', record.id ?? 'nothing was created'],
  ['Requested', instant(record.requestedAt)],
])}
${record.notes.length > 0 && html`<ul class="notes">${record.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
${failureDetails(record)}
${timeline !== null && timelineParts(record, timeline, `${id}-own`, commonEnd)}
${costDetails(record)}
</section>`
}

function timelineParts(record: StartRecord, timeline: TimelineJson, id: string, commonEnd: number): Html {
  return html`${ownWaterfall(record, id, commonEnd)}
${timeline.phases.length > 0 && phasesTable(record, timeline)}
<details><summary>Marks${emulatedBadge(record)}</summary>${marksTable(record, timeline)}</details>
<details><summary>What each step took at the very least${emulatedBadge(record)}</summary>${minima(timeline)}</details>
${timeline.spans.length > 0 && html`<details><summary>Beside the path to readiness${emulatedBadge(record)}</summary>${spans(record, timeline)}</details>`}
<details><summary>Clocks and assumptions${emulatedBadge(record)}</summary>
<p>${describeAssumptions(timeline.assumptions)}</p>
${timeline.clocks.length === 0 ? html`<p>No other machine’s clock was needed.</p>` : html`<ul>${timeline.clocks.map((clock) => html`<li>${describeClock(clock)}</li>`)}</ul>`}
</details>`
}

function minima({ minima }: TimelineJson): Html {
  if (minima.length === 0) return html`<p>No step is known to have taken any time for sure.</p>`
  const steps = minima.map(
    ({ name, from, to, atLeast }) =>
      html`<li><b>${name}</b> (${from} → ${to}) took ${formatDuration(atLeast, 'down')} at least</li>`,
  )
  return html`<p>Guaranteed, wherever exactly each step lay:</p><ul>${steps}</ul>`
}

function spans(record: StartRecord, { spans }: TimelineJson): Html {
  const rows = spans.map(
    ({ name, container, start, end, sources }) =>
      html`<tr><th scope="row">${container}: ${name}</th><td class="number">${duration(start)}</td><td class="number">${duration(end)}</td><td class="number">${duration(end - start)}</td><td>${sources.join(', ')}</td></tr>`,
  )
  const table = html`<table>
<caption>No part of the sum${emulatedBadge(record)}</caption>
<thead><tr><th scope="col">What</th><th scope="col" class="number">Began</th><th scope="col" class="number">Ended</th><th scope="col" class="number">Duration</th><th scope="col">Known from</th></tr></thead>
<tbody>${rows}</tbody></table>`
  return scrolling('Beside the path to readiness', table)
}
