import { BerthError } from '../errors/berth-error.ts'
import { delay } from './delay.ts'

/** How often and how patiently a failed call is repeated. */
export interface RetryPolicy {
  /** Tries in all. Default 4. */
  readonly attempts?: number | undefined
  /** The first pause; it doubles each time, and half of it is random. Default 250 ms. */
  readonly pauseInMs?: number | undefined
  /** No pause of our own is longer. Default 10 s. */
  readonly longestPauseInMs?: number | undefined
  /** A Retry-After beyond this is not waited for: the error goes to the caller, who can tell better. Default 2 min. */
  readonly longestRetryAfterInMs?: number | undefined
  /** Whether a call whose answer was lost may be made again. Default true: most verbs are idempotent. */
  readonly repeatUnknown?: boolean | undefined
}

/** What is not removed goes on costing: a cloud in trouble is asked for half a minute before its error goes to the caller. */
export const REMOVAL_POLICY: RetryPolicy = { attempts: 8 }

/** Placement decides about these, not repetition: another place may have what this one lacks. */
const NOT_REPEATED: ReadonlySet<string> = new Set(['capacity', 'quota'])

/** Repeats work while it fails with something that can pass, and honours what the other side asked us to wait. */
export async function withRetry<T>(
  work: (attempt: number) => Promise<T>,
  signal: AbortSignal,
  policy: RetryPolicy = {},
): Promise<T> {
  const attempts = policy.attempts ?? 4
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt)
    } catch (error) {
      signal.throwIfAborted()
      if (!BerthError.isInstance(error) || !error.retryable || NOT_REPEATED.has(error.code)) throw error
      if (attempt >= attempts || (error.outcomeUnknown && policy.repeatUnknown === false)) throw error
      const asked = error.retryAfterInMs
      if (asked !== undefined && asked > (policy.longestRetryAfterInMs ?? 120_000)) throw error
      const own = Math.min(policy.longestPauseInMs ?? 10_000, (policy.pauseInMs ?? 250) * 2 ** (attempt - 1))
      // Never earlier than asked, and not all at the same instant.
      const pause =
        asked === undefined ? own * (0.5 + Math.random() / 2) : asked + Math.random() * Math.min(own, 1_000)
      await delay(pause, signal)
    }
  }
}
