/**
 * Microseconds since the epoch of a time as the engine writes it (RFC 3339 with nanoseconds), rounded down; undefined for its
 * "never" and for what is no time.
 */
export function timeInMicros(text: string | undefined): number | undefined {
  // Of what has not happened the engine writes the first of all years.
  if (text === undefined || text.startsWith('0001-')) return undefined
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text)
  if (match === null) return undefined
  const [, seconds, fraction = '', zone] = match
  const inMs = Date.parse(`${seconds}${zone}`)
  if (!(inMs > 0)) return undefined
  return inMs * 1_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

/** The same as a Date, to the millisecond. */
export function dateOf(text: string | undefined): Date | undefined {
  const micros = timeInMicros(text)
  return micros === undefined ? undefined : new Date(Math.floor(micros / 1_000))
}
