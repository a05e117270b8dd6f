import { durationInMs } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'
import { parseDuration } from './parse-duration.ts'

/** A time: so long ago (`10m`), or a date as ISO 8601 writes it. Throws UsageError. */
export function parseInstant(text: string, option: string): Date {
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    const date = new Date(text)
    if (!Number.isNaN(date.getTime())) return date
    throw new UsageError(`${option} ${text} is no date; write 2026-01-31T12:00:00Z, or how long ago: 10m`)
  }
  return new Date(Date.now() - durationInMs(parseDuration(text, option)))
}
