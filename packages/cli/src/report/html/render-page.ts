import { createHash } from 'node:crypto'
import { headline, outcome, shared } from '../describe-start.ts'
import { redactReport } from '../redact-report.ts'
import { renderTable } from '../render-table.ts'
import { renderWaterfall } from '../render-waterfall.ts'
import type { StartRecord, StartReport } from '../start-record.ts'
import { axisEnd } from '../waterfall-rows.ts'
import { comparisonTable } from './comparison-table.ts'
import { emulatedBadge, facts, instant } from './figures.ts'
import { type Html, html, verbatim } from './html.ts'
import { PAGE_SCRIPT } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'
import { startSection } from './start-section.ts'
import { waterfallFigure } from './waterfall-figure.ts'

/** Columns of the page's text for pull requests: what code blocks there show without scrolling. */
const TEXT_WIDTH = 100

/**
 * The report as one page that needs nothing else: no file, no network, no script to be read by. Its policy allows only its own style and
 * script, whatever a container may have written into it.
 *
 * @param jsonName what the downloaded JSON is called
 */
export function renderPage(report: StartReport, jsonName: string): string {
  const clean = redactReport(report)
  const { starts } = clean
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="berth ${clean.client.berth}">
<title>${headline(starts) || 'No starts'} – Berth</title>
<style>${verbatim(PAGE_STYLE)}</style>
</head>
<body>
${pageHeader(clean)}
<main>
<section aria-labelledby="waterfall">
<h2 id="waterfall">Where the time went</h2>
${waterfallFigure(starts)}
</section>
${starts.length > 1 && html`<section aria-labelledby="comparison"><h2 id="comparison">Side by side</h2>${comparisonTable(starts)}</section>`}
${starts.map((record, index) => startSection(record, index, axisEnd(starts)))}
<section aria-labelledby="data">
<h2 id="data">To take away</h2>
<details class="raw"><summary>As text, for a pull request</summary><pre tabindex="0">${asText(starts)}</pre></details>
${rawData(clean, jsonName)}
</section>
</main>
${pageFooter()}
<script>${verbatim(PAGE_SCRIPT)}</script>
</body>
</html>
`
  return page.text
}

function pageHeader({ starts, client, createdAt }: StartReport): Html {
  return html`<header>
<p class="brand">Berth <span>report of ${starts.length === 1 ? 'a start' : `${starts.length} starts`}</span></p>
<h1>${starts.map(headlinePart)}</h1>
${facts([
  ['Image', html`<code>${shared(starts, ({ image }) => image) ?? 'several, see each start'}</code>`],
  ['Ready by', shared(starts, ({ probe }) => probe)],
  ['When', instant(shared(starts, ({ requestedAt }) => requestedAt) ?? createdAt)],
  ['Place', shared(starts, ({ place }) => place)],
  ['Measured from', `${client.platform} ${client.architecture}, ${client.cpus} CPUs`],
  ['With', `berth ${client.berth}, Node ${client.node}`],
])}
</header>`
}

function headlinePart(record: StartRecord, index: number): Html {
  const failed = record.status === 'failed'
  return html`${index > 0 && html` <span class="dot">·</span> `}<span class="part">${record.provider} <b class="${failed ? 'failed' : 'figure'}">${outcome(record)}</b>${emulatedBadge(record)}</span>`
}

function asText(starts: readonly StartRecord[]): string {
  const options = { width: TEXT_WIDTH, color: false }
  return `${renderTable(starts, options)}\n\n${renderWaterfall(starts, options)}`
}

function rawData(report: StartReport, jsonName: string): Html {
  const json = JSON.stringify(report, undefined, 2)
  const address = `data:application/json;base64,${Buffer.from(json).toString('base64')}`
  return html`<details class="raw"><summary>As JSON (berth-report/1)</summary><pre tabindex="0">${json}</pre></details>
<p><a class="download" download="${jsonName}" href="${address}">Download ${jsonName}</a></p>`
}

function pageFooter(): Html {
  return html`<footer>
<h2>How this was measured</h2>
<p>Every instant is an interval, bounded by what this client sent and received itself, by the cloud’s own time stamps and by how far its clocks can be off; the figure shown is its midpoint. Phases lie between instants that are known narrowly enough; they sum to the total exactly, and what no source explains is called unattributed. The total runs from the call to the first success received, both read from this client’s clock. <b>Ready</b> speaks of this client and this endpoint only. What an emulator answered is labelled so at every figure. The method is described in <code>docs/timeline.md</code> of Berth.</p>
</footer>`
}

/** Only this very style and this very script; nothing is loaded, framed, sent or connected to. */
function policy(): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return `default-src 'none'; style-src ${hash(PAGE_STYLE)}; script-src ${hash(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`
}
