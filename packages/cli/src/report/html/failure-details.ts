import type { StartRecord } from '../start-record.ts'
import { emulatedBadge, facts } from './figures.ts'
import { type Html, html } from './html.ts'

/** Why a start failed, and the evidence that was gathered before anything was deleted. */
export function failureDetails(record: StartRecord): Html {
  const { status, error } = record
  if (status !== 'failed' || error === undefined) return html``
  const { probe, exitCode, signal, events, logs, left } = error.evidence
  return html`<div class="failure-box">
<h3>Failed: ${error.code}${emulatedBadge(record)}</h3>
<p>${error.message}</p>
${facts([
  ['While', error.operation],
  ['Can the same call succeed later', error.retryable ? 'yes' : 'no'],
  ['Request', error.requestId],
  ['Last probe', probe],
  ['Exit code', exitCode === undefined ? undefined : String(exitCode)],
  ['Signal', signal],
  ['May still be there', left?.join(', ')],
])}
${lines('Last events', events)}${lines('Last output', logs)}</div>`
}

function lines(title: string, texts: readonly string[]): Html {
  if (texts.length === 0) return html``
  return html`<h4>${title}</h4><pre tabindex="0">${texts.join('\n')}</pre>`
}
