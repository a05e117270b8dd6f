import { axisTicks, type Tick } from '../axis-ticks.ts'
import { FLAGS, flagsIn, outcome, phaseFlags, providerName } from '../describe-start.ts'
import { formatBounds, formatDuration } from '../format-duration.ts'
import type { StartRecord } from '../start-record.ts'
import { axisEnd, type WaterfallRow, waterfallRows } from '../waterfall-rows.ts'
import { emulatedBadge } from './figures.ts'
import { type Html, html } from './html.ts'
import { hasWhisker, percent, waterfallSvg } from './waterfall-svg.ts'

const MOST_TICKS = 6

/** A start shorter than this part of the axis is drawn once more, at its own scale. */
const OWN_SCALE_BELOW = 0.25

/** All starts as bars on one axis of time. */
export function waterfallFigure(records: readonly StartRecord[]): Html {
  const end = axisEnd(records)
  const ticks = axisTicks(end, MOST_TICKS)
  return html`<figure class="waterfall">
${axis(ticks, end)}
${records.map((record, index) => lane(record, `start-${index + 1}`, end, ticks))}
<figcaption>${legend(records, end)}</figcaption>
</figure>`
}

/** One start at its own scale, where the common axis leaves it too little; nothing where it does not. */
export function ownWaterfall(record: StartRecord, id: string, commonEnd: number): Html {
  const end = axisEnd([record])
  if (end >= commonEnd * OWN_SCALE_BELOW || waterfallRows(record).length === 0) return html``
  const ticks = axisTicks(end, MOST_TICKS)
  return html`<figure class="waterfall own">
<figcaption>At its own scale${emulatedBadge(record)}</figcaption>
${axis(ticks, end)}
${bars(record, id, end, ticks)}
</figure>`
}

/** The labels of the ticks; on a narrow page every second one stays away. */
function axis(ticks: readonly Tick[], end: number): Html {
  const labels = ticks.map(({ at, label }, index) => {
    const side = index === 0 ? 'start' : at / end > 0.94 ? 'end' : 'middle'
    const odd = index % 2 === 1
    return html`<text class="${odd ? 'tick odd' : 'tick'}" x="${percent(at, end)}" y="13" text-anchor="${side}">${label}</text>`
  })
  return html`<div class="lane axis" aria-hidden="true"><span></span><svg width="100%" height="20">${labels}</svg><span></span></div>`
}

function lane(record: StartRecord, id: string, end: number, ticks: readonly Tick[]): Html {
  const failed = record.status === 'failed'
  return html`<h3><a href="#${id}">${providerName(record)}</a>${emulatedBadge(record)} <span class="${failed ? 'total failed' : 'total'}">${outcome(record)}</span></h3>
${waterfallRows(record).length === 0 ? html`<p class="nothing">Nothing is known of where its time went.</p>` : bars(record, `${id}-bars`, end, ticks)}`
}

/** The labels beside the bars are for the eye: the picture's own description says the same in one piece. */
function bars(record: StartRecord, id: string, end: number, ticks: readonly Tick[]): Html {
  const rows = waterfallRows(record)
  const grid = ticks.map(({ at }) => at)
  return html`<div class="lane">
<ul class="names" aria-hidden="true">${rows.map(name)}</ul>
${waterfallSvg(record, id, end, grid)}
<ul class="values" aria-hidden="true">${rows.map((row) => html`<li>${value(row, record)}</li>`)}</ul>
</div>`
}

/** As much of it as there is room for; all of it when hovered over. */
function name({ label, phase }: WaterfallRow): Html {
  const contents = phase !== undefined && phase.contains.length > 0 && ` (${phase.contains.join(', ')})`
  return html`<li title="${label}${contents}">${label}<span class="bounds">${contents}</span></li>`
}

function value({ start, end, phase }: WaterfallRow, record: StartRecord): Html {
  const took = formatDuration(end.at - start.at)
  if (phase === undefined) return html`${took}`
  const signs = phaseFlags(phase, record).map((flag) => html` <b class="sign">${FLAGS[flag].sign}</b>`)
  return html`${took} <span class="bounds">${formatBounds(phase)}</span>${signs}`
}

function legend(records: readonly StartRecord[], end: number): Html {
  const rows = records.flatMap(waterfallRows)
  const kinds = [
    rows.some((row) => hasWhisker(row.start, end) || hasWhisker(row.end, end)) &&
      html`<li><svg class="key" width="30" height="12" aria-hidden="true"><line class="whisker" x1="2" x2="28" y1="6" y2="6"/><line class="whisker" x1="2" x2="2" y1="2" y2="10"/><line class="whisker" x1="28" x2="28" y1="2" y2="10"/></svg> between the earliest and the latest that a step can have begun or ended</li>`,
    rows.some(({ phase }) => phase?.name === 'unattributed') &&
      html`<li><svg class="key" width="30" height="12" aria-hidden="true"><rect class="bar phase-unattributed" x="1" y="1" width="28" height="10"/></svg> no source explains it</li>`,
    rows.some(({ phase }) => phase === undefined) &&
      html`<li><svg class="key" width="30" height="12" aria-hidden="true"><rect class="bar phase-span" x="1" y="1" width="28" height="10"/></svg> ran beside the path to readiness, no part of the sum</li>`,
    records.some(({ status, timeline }) => status === 'failed' && timeline !== null) &&
      html`<li><svg class="key" width="30" height="12" aria-hidden="true"><line class="failure" x1="15" x2="15" y1="0" y2="12"/></svg> where what is known of a failed start ends</li>`,
    ...flagsIn(records).map(
      (flag) => html`<li><b class="sign">${FLAGS[flag].sign}</b> ${FLAGS[flag].meaning}</li>`,
    ),
  ]
  return html`<ul class="legend">${kinds}</ul>`
}
