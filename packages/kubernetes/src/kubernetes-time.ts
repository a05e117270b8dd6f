/** A time as the cluster writes it: the mark lies within `[inMicros, inMicros + resolutionInMicros)`. */
export interface ClusterTime {
  readonly inMicros: number
  readonly resolutionInMicros: number
}

/** RFC 3339 to the second, or with a fraction; undefined for what is no time. */
export function parseClusterTime(text: string | null | undefined): ClusterTime | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text ?? '')
  if (match === null) return undefined
  const [, seconds, fraction, zone] = match
  const inMs = Date.parse(`${seconds}${zone}`)
  if (!(inMs > 0)) return undefined
  const micros = fraction === undefined ? 0 : Number(fraction.padEnd(6, '0').slice(0, 6))
  return { inMicros: inMs * 1_000 + micros, resolutionInMicros: fraction === undefined ? 1_000_000 : 1 }
}

/** The same as a Date, to the millisecond. */
export function dateOf(text: string | null | undefined): Date | undefined {
  const time = parseClusterTime(text)
  return time && new Date(Math.floor(time.inMicros / 1_000))
}
