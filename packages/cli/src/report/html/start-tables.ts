import type { TimelineJson, TimelineMark, TimelinePhase } from '@berth/core'
import { FLAGS, phaseFlags } from '../describe-start.ts'
import type { StartRecord } from '../start-record.ts'
import { bounds, duration, emulatedBadge, scrolling } from './figures.ts'
import { type Html, html } from './html.ts'
import { phaseClass } from './phase-class.ts'

/** Every phase of one start, piece by piece, with its bounds and where it is known from. */
export function phasesTable(record: StartRecord, timeline: TimelineJson): Html {
  const sum = timeline.phases.reduce((sum, { duration }) => sum + duration, 0)
  const table = html`<table class="phases">
<caption>Phases${emulatedBadge(record)}</caption>
<thead><tr><th scope="col">Phase</th><th scope="col" class="number">Duration</th><th scope="col" class="number">At least</th><th scope="col" class="number">At most</th><th scope="col" class="number">Share</th><th scope="col">From → to</th><th scope="col">Known from</th></tr></thead>
<tbody>${timeline.phases.map((phase) => phaseRow(phase, record, sum))}</tbody>
<tfoot><tr><th scope="row">${timeline.total === null ? 'Known so far' : 'Total'}</th><td class="number">${duration(timeline.total ?? sum)}</td><td class="exact" colspan="3">${timeline.total !== null && 'exact'}</td><td class="marks" colspan="2">requested → ${timeline.phases.at(-1)?.to ?? 'requested'}</td></tr></tfoot>
</table>`
  return scrolling('Phases', table)
}

function phaseRow(phase: TimelinePhase, record: StartRecord, sum: number): Html {
  const { name, from, to, contains, atLeast, atMost, sources } = phase
  const flags = phaseFlags(phase, record).map(
    (flag) => html`<small>${FLAGS[flag].sign} ${FLAGS[flag].meaning}</small>`,
  )
  const contents = contains.length > 0 && html`<small>contains ${contains.join(', ')}</small>`
  const share = sum === 0 ? 0 : (phase.duration / sum) * 100
  return html`<tr>
<th scope="row"><svg class="swatch" width="10" height="10" aria-hidden="true"><rect class="bar ${phaseClass(name)}" width="10" height="10"/></svg> ${name}${contents}${flags}</th>
<td class="number">${duration(phase.duration)} ${bounds(phase)}</td>
<td class="number">${duration(Math.max(0, atLeast), 'down')}</td>
<td class="number">${duration(atMost, 'up')}</td>
<td class="number">${share > 0 && share < 0.1 ? '< 0.1' : share.toFixed(1)} %</td>
<td class="marks">${from} → ${to}</td>
<td class="sources">${sources.join(', ')}</td></tr>`
}

/** Every mark of one start. */
export function marksTable(record: StartRecord, { marks }: TimelineJson): Html {
  const table = html`<table>
<caption>Marks${emulatedBadge(record)}</caption>
<thead><tr><th scope="col">Mark</th><th scope="col" class="number">At</th><th scope="col" class="number">Earliest</th><th scope="col" class="number">Latest</th><th scope="col">Edge of a phase</th><th scope="col">Known from</th></tr></thead>
<tbody>${marks.map(markRow)}</tbody></table>`
  return scrolling('Marks', table)
}

function markRow({ name, at, earliest, latest, pinned, flags, sources }: TimelineMark): Html {
  return html`<tr><th scope="row">${name}${flags.map((flag) => html`<small>${FLAGS[flag].sign} ${FLAGS[flag].meaning}</small>`)}</th>
<td class="number">${duration(at)}</td><td class="number">${duration(earliest, 'down')}</td><td class="number">${duration(latest, 'up')}</td>
<td>${pinned ? 'yes' : 'no: not known narrowly enough'}</td><td class="sources">${sources.join(', ')}</td></tr>`
}
