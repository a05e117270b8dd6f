import type { Instant, SightingEvidence } from '../contract/evidence.ts'
import type { ReadinessBounds } from '../timeline/readiness-bounds.ts'

/** How many attempts were sent, and what became of those that ended. */
export interface AttemptCounts {
  readonly sent: number
  /** Refused, reset, closed, or answered otherwise than asked. */
  readonly failed: number
  /** Ended without an answer, or given up. */
  readonly silent: number
}

/** What a probe found when it succeeded. */
export interface Finding {
  /** Between which instants it became ready; `upper` is when the first success was received. */
  readonly bounds: ReadinessBounds
  /** What found it: `http probe`. */
  readonly source: string
  /** Whether the success went over a connection to the container. */
  readonly connects: boolean
  /** The success in words: `GET http://127.0.0.1:32768/ answered 200`. */
  readonly description: string
  /** The first connection that was taken, where that proves that the container listens. */
  readonly connected: SightingEvidence | undefined
}

/** Hears, once, how a watch ended. Never called after `stop()`. */
export interface WatchListener {
  succeeded(finding: Finding): void
  /** It can no longer succeed. */
  failed(error: unknown): void
}

/** One probe at work on one run. */
export interface Watch {
  /** Begins. The listener may be called before this returns. */
  start(): void
  /** Lets go of everything, at once and for good. Idempotent. */
  stop(): void
  /** The last outcome, in words. */
  outcome(): string
  /** The latest instant at which the probe is proven not to have succeeded yet. */
  notYet(): Instant | undefined
  counts(): AttemptCounts
  /** After a success: asks a few times more, in the background, whether it lasts, and reports once unless stopped before. */
  confirm(onSteadiness: (steady: boolean) => void): void
}
