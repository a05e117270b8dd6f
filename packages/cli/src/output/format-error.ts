import { BerthError } from '@berth/core'
import { OutputError } from '../invocation/interruption.ts'
import { UsageError } from '../invocation/usage-error.ts'
import type { StartError } from '../report/start-record.ts'
import { errorJson, startError } from './error-json.ts'
import { paint } from './paint.ts'

/** Enough to see what it was; the rest is in the log. */
const LOG_LINES = 10
const EVENT_LINES = 5

/** An error for people: what failed and what to do, then the evidence. No stack unless BERTH_DEBUG=1. */
export function formatError(error: unknown): string {
  const { message, stack } = errorJson(error)
  const lines = [`${paint('red', 'error:')} ${message}`]
  if (error instanceof UsageError) lines.push(...error.candidates.map((candidate) => `  ${candidate}`))
  if (BerthError.isInstance(error)) lines.push(...formatEvidence(startError(error)))
  else if (!(error instanceof UsageError || error instanceof OutputError) && stack === undefined) {
    lines.push(paint('dim', '  BERTH_DEBUG=1 shows where it came from'))
  }
  if (stack !== undefined) lines.push(paint('dim', stack))
  return lines.join('\n')
}

/** What is known of a failed start besides its message, a line each. */
export function formatEvidence({ code, operation, requestId, evidence }: StartError): string[] {
  const { probe, events, logs, left = [] } = evidence
  const where = [code, operation && `in ${operation}`, requestId && `request ${requestId}`].filter(Boolean)
  return [
    // Of a refused spec the message says it all.
    ...(code === 'invalid-spec' || code === 'unsupported' ? [] : [field('code', where.join(', '))]),
    ...(probe === undefined ? [] : [field('last probe', probe)]),
    ...list('events', events.slice(-EVENT_LINES)),
    ...list('last output', logs.slice(-LOG_LINES)),
    ...left.map((id) => field('still there', `${id}; remove it with: berth rm ${id}`)),
  ]
}

function field(name: string, value: string): string {
  return `  ${paint('dim', name.padEnd(12))}${value}`
}

function list(name: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => field(index === 0 ? name : '', line))
}
