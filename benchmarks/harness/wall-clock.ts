import { nowInMicros } from './monotonic-clock.ts'

/**
 * What to add to CLOCK_MONOTONIC for the wall clock right now, in microseconds. Node.js reads the wall clock to the millisecond only, so
 * it is read until it ticks: that takes up to 1 ms.
 */
export function wallOffsetInMicros(): number {
  const before = Date.now()
  for (;;) {
    const at = nowInMicros()
    const tick = Date.now()
    if (tick !== before) return tick * 1_000 - at
  }
}

/** An engine's time stamp (RFC 3339 with nanoseconds) in microseconds. */
export function stampInMicros(stamp: string): number {
  const fraction = /\.(\d+)/.exec(stamp)?.[1] ?? ''
  const micros = Number(fraction.padEnd(6, '0').slice(0, 6))
  return Math.floor(Date.parse(stamp) / 1_000) * 1_000_000 + micros
}
