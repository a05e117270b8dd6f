import type { Instant } from '../contract/evidence.ts'

/** One attempt of a readiness probe. */
export interface ProbeAttempt {
  /** When it was sent. */
  readonly sentAt: Instant
  /** When its answer was received, or it was given up; undefined while it is outstanding. */
  readonly endedAt?: Instant | undefined
  /**
   * `success`: as the probe demands. `explicit-failure`: an answer that it is not ready (refused, reset, 5xx). `silent`: none, hung
   * or aborted; that proves nothing.
   */
  readonly outcome: 'success' | 'explicit-failure' | 'silent'
}

/** When a container became ready, for this client at this endpoint. */
export interface ReadinessBounds {
  /** The first success was received: it was ready by then. */
  readonly upper: Instant
  /** The latest question that was answered with a failure before the first success was sent: it was not ready then. */
  readonly lower?: Instant | undefined
  /**
   * It was probably not ready then: questions sent up to then hung much longer than the first success took. Only there where it
   * exceeds `lower`; to be labelled wherever it is shown.
   */
  readonly inferred?: Instant | undefined
  /** It failed again, explicitly, after the first success. There is no lower bound then: behind a balancer, a refusal speaks for one of several. */
  readonly unsteady: boolean
}

/** How many round trips of the success a silent probe must have hung to tell anything. */
const HUNG_ROUND_TRIPS = 3

/** The so-many-last hung probe gives the inferred bound: the last ones may have hung for being sent just as the container came up. */
const INFERRED_FROM_LAST = 3

/** Silent attempts kept by `bindingAttempts`: several times as many as can be in flight. */
const KEPT_SILENT = 256

/** What the attempts so far tell; undefined before the first success. Those after it tell whether it is steady. */
export function readinessBounds(attempts: Iterable<ProbeAttempt>): ReadinessBounds | undefined {
  const all = [...attempts]
  const success = firstSuccess(all)
  if (success === undefined) return undefined
  const { upper } = success
  if (all.some(({ outcome, sentAt }) => outcome === 'explicit-failure' && sentAt >= upper)) {
    return { upper, unsteady: true }
  }
  const lower = latestFailure(all.filter((attempt) => endOf(attempt) <= upper))?.sentAt
  const longest = HUNG_ROUND_TRIPS * (upper - success.sentAt)
  const inferred = all
    .filter(({ outcome, sentAt }) => outcome === 'silent' && sentAt < upper)
    .filter((attempt) => Math.min(endOf(attempt), upper) - attempt.sentAt >= longest)
    .map(({ sentAt }) => sentAt)
    .sort((one, other) => one - other)
    .at(-INFERRED_FROM_LAST)
  const isBetter = inferred !== undefined && inferred > (lower ?? Number.NEGATIVE_INFINITY)
  return { upper, lower, inferred: isBetter ? inferred : undefined, unsteady: false }
}

/**
 * Those of the attempts before the first success that can still bind; a probe of many minutes keeps these instead of all. Call it as
 * long as none succeeded; the answer to `readinessBounds` stays the same.
 */
export function bindingAttempts(attempts: Iterable<ProbeAttempt>): ProbeAttempt[] {
  const all = [...attempts]
  const failure = latestFailure(all)
  const silent = all
    .filter(({ outcome }) => outcome === 'silent')
    .sort((one, other) => one.sentAt - other.sentAt)
  const rest = all.filter(({ outcome }) => outcome === 'success')
  return [...(failure === undefined ? [] : [failure]), ...silent.slice(-KEPT_SILENT), ...rest]
}

function firstSuccess(attempts: readonly ProbeAttempt[]): { sentAt: Instant; upper: Instant } | undefined {
  let first: { sentAt: Instant; upper: Instant } | undefined
  for (const { outcome, sentAt, endedAt } of attempts) {
    if (outcome !== 'success' || endedAt === undefined) continue
    if (first === undefined || endedAt < first.upper) first = { sentAt, upper: endedAt }
  }
  return first
}

function latestFailure(attempts: readonly ProbeAttempt[]): ProbeAttempt | undefined {
  return attempts
    .filter(({ outcome, endedAt }) => outcome === 'explicit-failure' && endedAt !== undefined)
    .reduce<ProbeAttempt | undefined>(
      (latest, attempt) => (latest === undefined || attempt.sentAt > latest.sentAt ? attempt : latest),
      undefined,
    )
}

function endOf({ endedAt }: ProbeAttempt): Instant {
  return endedAt ?? Number.POSITIVE_INFINITY
}
