import type { Instant } from '../contract/evidence.ts'

/**
 * How the three times of a start relate: instants of this process' monotonic clock, integer microseconds since `requested` (in
 * which everything is reckoned), and wall time, in which machines stamp.
 */
export class TimeBase {
  /** Microseconds since the epoch at `requested`, by this machine's wall clock. */
  readonly requestedInMicros: number
  readonly #requestedAt: Instant
  readonly #wallOrigin: number

  constructor(requestedAt: Instant, wallOrigin: number) {
    this.#requestedAt = requestedAt
    this.#wallOrigin = wallOrigin
    this.requestedInMicros = Math.round((wallOrigin + requestedAt) * 1000)
  }

  get requestedDate(): Date {
    return new Date(this.#wallOrigin + this.#requestedAt)
  }

  /** Microseconds since `requested`, with a fraction: the caller rounds to the side on which the bound stays sound. */
  micros(instant: Instant): number {
    return (instant - this.#requestedAt) * 1000
  }

  /** The instant that lies so many microseconds after `requested`. */
  instant(micros: number): Instant {
    return this.#requestedAt + micros / 1000
  }

  /** An offset of a machine's epoch time from instants (ms) as one from this machine's wall clock (microseconds). */
  wallOffset(offsetInMs: number): number {
    return (offsetInMs - this.#wallOrigin) * 1000
  }
}

/** The farthest that the wall clock may be from `performance.timeOrigin` before that counts as stale: Date's own grain, and scheduling. */
const STALE_AFTER_IN_MS = 20

/**
 * Wall time at instant 0, in milliseconds since the epoch. `performance.timeOrigin` has the finer grain, but is what the wall
 * clock showed when the process started: once that was set, or the machine slept, the wall clock of today is right.
 */
export function wallOrigin(): number {
  const today = Date.now() + 0.5 - performance.now()
  return Math.abs(today - performance.timeOrigin) > STALE_AFTER_IN_MS ? today : performance.timeOrigin
}
