import type { LogLine } from '../contract/log.ts'
import { redact } from '../secrets/redact.ts'
import type { ErrorEvidence } from './berth-error.ts'

/** Evidence with every known secret masked: a container may print what it was given, and a cloud quote what it was sent. */
export function redactEvidence(evidence: ErrorEvidence): ErrorEvidence {
  const { events, logs, probe } = evidence
  return {
    ...evidence,
    ...(events && { events: events.map((event) => ({ ...event, message: redact(event.message) })) }),
    ...(logs && { logs: logs.map(redactLine) }),
    ...(probe !== undefined && { probe: redact(probe) }),
  }
}

function redactLine(line: LogLine): LogLine {
  const text = redact(line.text)
  return text === line.text ? line : { ...line, text, bytes: new TextEncoder().encode(text) }
}
