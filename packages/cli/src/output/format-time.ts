import type { TimelineMark } from '@berth/core'

/** A length of time for people: `850 µs`, `12.4 ms`, `1.31 s`, `2 min 05 s`. */
export function formatMicros(micros: number): string {
  if (micros < 1_000) return `${micros} µs`
  if (micros < 1_000_000) return `${threeDigits(micros / 1_000)} ms`
  if (micros < 100_000_000) return `${threeDigits(micros / 1_000_000)} s`
  const seconds = Math.round(micros / 1_000_000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

function threeDigits(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
}

/** When a mark was, and how sure that is: `12.4 ms ±2.10 ms`; `by 80.1 ms` where nothing says that it was not long before. */
export function formatMark({ at, earliest, latest, pinned }: TimelineMark): string {
  return pinned
    ? `${formatMicros(at)} ±${formatMicros(Math.ceil((latest - earliest) / 2))}`
    : `by ${formatMicros(latest)}`
}

const STEPS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

/** How long ago or ahead, in its one largest unit: `3 min`, `2 h`, `12 s`. */
export function formatAge(milliseconds: number): string {
  for (const [unit, length] of STEPS) {
    if (milliseconds >= length) return `${Math.floor(milliseconds / length)} ${unit}`
  }
  return `${Math.max(0, Math.floor(milliseconds / 1_000))} s`
}
