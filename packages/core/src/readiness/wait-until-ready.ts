import type { Probe } from '../contract/probe.ts'
import { BerthError } from '../errors/berth-error.ts'
import { redact } from '../secrets/redact.ts'
import type { ReadinessBounds } from '../timeline/readiness-bounds.ts'
import { createWatch } from './create-watch.ts'
import type { ReadinessTarget } from './readiness-target.ts'
import type { AttemptCounts, Finding } from './watch.ts'

/** The longest that a timer can wait; a longer timeout is none. */
const LONGEST_TIMER_IN_MS = 2 ** 31 - 1

/** When and how a run became ready. */
export interface Readiness extends Finding {
  /** Of the whole wait, all probes together. */
  readonly attempts: AttemptCounts
}

export interface ReadinessOptions {
  /** The caller's: its reason is thrown unchanged. */
  readonly signal?: AbortSignal | undefined
  /**
   * Called once, before the first attempt, with what ends the wait as soon as the start has failed or the run is being stopped; gives what ends
   * the listening. A BerthError is thrown with the last probe's outcome added to its evidence.
   */
  readonly listenForFailure?: ((fail: (error: unknown) => void) => () => void) | undefined
  /** Default: none. */
  readonly timeoutInMs?: number | undefined
  /**
   * Hears once, within moments after the success, whether it lasted: the bounds again, without a lower one where it did not.
   * Without it no further attempts are made. Not called when a signal was aborted before.
   */
  readonly onSteadiness?: ((bounds: ReadinessBounds) => void) | undefined
}

/**
 * Resolves with the first success of a probe. Rejects with the caller's reason or the run's failure; with `timeout`; with `exited` once
 * the run has ended without; with `unsupported` where the cloud lacks what the probe needs. BerthErrors carry the last
 * outcome in words as `evidence.probe`. Nothing of it is left at work then, save the steadiness check after a success, which holds no
 * process back.
 */
export function waitUntilReady(
  probe: Probe,
  target: ReadinessTarget,
  options: ReadinessOptions = {},
): Promise<Readiness> {
  const { signal, listenForFailure, timeoutInMs, onSteadiness } = options
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    let stopListening: (() => void) | undefined
    let over = false
    const release = () => {
      over = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      stopListening?.()
    }
    const fail = (error: unknown) => {
      if (over) return
      watch.stop()
      release()
      reject(error)
    }
    const onAbort = () => fail(signal?.reason)
    const watch = createWatch(probe, target, {
      succeeded: (finding) => {
        clearTimeout(timer)
        resolve({ ...finding, description: redact(finding.description), attempts: watch.counts() })
        if (onSteadiness === undefined) {
          release()
          return
        }
        watch.confirm((steady) => {
          release()
          const bounds = steady ? finding.bounds : { upper: finding.bounds.upper, unsteady: true }
          // A watch may know at once; nobody is to hear of steadiness before the success itself.
          queueMicrotask(() => onSteadiness(bounds))
        })
      },
      failed: (error) => fail(withOutcome(error, watch.outcome())),
    })
    if (signal?.aborted) return onAbort()
    signal?.addEventListener('abort', onAbort)
    stopListening = listenForFailure?.((error) => fail(withOutcome(error, watch.outcome())))
    // It may have failed before: nobody has stopped the listening then.
    if (over) return stopListening?.()
    if (timeoutInMs !== undefined) {
      timer = setTimeout(
        () => fail(timedOut(timeoutInMs, watch.outcome())),
        Math.min(timeoutInMs, LONGEST_TIMER_IN_MS),
      )
    }
    watch.start()
  })
}

function withOutcome(error: unknown, outcome: string): unknown {
  return BerthError.isInstance(error) ? error.with({ evidence: { probe: redact(outcome) } }) : error
}

function timedOut(timeoutInMs: number, outcome: string): BerthError {
  return new BerthError({
    code: 'timeout',
    message: `not ready after ${timeoutInMs / 1_000} s: ${outcome}; give it a longer timeout, or check the probe's port and path`,
    evidence: { probe: redact(outcome) },
  })
}
