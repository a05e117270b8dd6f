import { type Duration, durationInMs } from '../contract/duration.ts'
import type { Field } from './field.ts'

/** Longer than anything runs, and short enough for every date. */
const LONGEST_IN_MS = 3_650 * 86_400_000

/** The milliseconds of a duration. Refuses what is none, or is shorter than `leastInMs`. */
export function readDuration(field: Field, leastInMs = 0): number | undefined {
  const { value } = field
  if (typeof value !== 'number' && typeof value !== 'string') {
    return field.refuse(`${field.shown} is no duration; write milliseconds (1500) or a text such as '90s'`)
  }
  let inMs: number
  try {
    inMs = durationInMs(value as Duration)
  } catch {
    const trimmed = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/i.exec(String(value))
    const meant = trimmed === null ? '' : `; did you mean '${trimmed[1]}${trimmed[2]?.toLowerCase()}'?`
    return field.refuse(
      `${field.shown} is no duration; write milliseconds (1500) or a number with its unit ms, s, m, h or d ('90s')${meant}`,
    )
  }
  if (inMs < leastInMs) return field.refuse(`${field.shown} is too short; write ${leastInMs} ms or more`)
  if (inMs > LONGEST_IN_MS) return field.refuse(`${field.shown} is too long; write '3650d' or less`)
  return inMs
}
