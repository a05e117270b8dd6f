/** A length of time: milliseconds as a number, or a number with its unit: `'90s'`, `'10m'`, `'1.5h'`, `'250ms'`, `'2d'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of a duration. Throws RangeError for what is no positive, finite duration; `field` names it in the message. */
export function durationInMs(duration: Duration, field = 'duration'): number {
  const match = typeof duration === 'number' ? null : /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration)
  const value =
    typeof duration === 'number'
      ? duration
      : match
        ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]
        : Number.NaN
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(
      `${field}: '${duration}' is no duration; write milliseconds (1500) or a number with its unit ('90s', '10m', '1.5h')`,
    )
  }
  return value
}
