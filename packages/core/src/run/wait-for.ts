import type { Subscription, Urgency } from '../watch/observer.ts'
import type { RunRecord } from './run-record.ts'
import type { RunServices } from './run-services.ts'

/**
 * Waits until `read` gives something else than undefined, reading after every change of the run; what it throws ends the wait. While
 * it waits, the run is observed.
 */
export function waitFor<T>(
  record: RunRecord,
  services: RunServices,
  urgency: Urgency,
  signal: AbortSignal,
  read: () => T | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let subscription: Subscription | undefined
    let ended = false
    const end = (settle: () => void) => {
      if (ended) return
      ended = true
      stopListening()
      subscription?.close()
      signal.removeEventListener('abort', abort)
      settle()
    }
    const look = () => {
      try {
        const value = read()
        if (value !== undefined) end(() => resolve(value))
      } catch (error) {
        end(() => reject(error))
      }
    }
    const abort = () => end(() => reject(signal.reason))
    const stopListening = record.onChange(look)
    // What was said of the run before is told at once, and may end the wait within this call.
    subscription = observeInto(record, services, urgency, (error) => end(() => reject(error)))
    if (ended) {
      subscription.close()
      return
    }
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    else look()
  })
}

/**
 * Keeps a record current until closed.
 *
 * @param isCurrent whether the record knows the run's state as of now. Default: whether it is observed already.
 */
export function observeInto(
  record: RunRecord,
  services: RunServices,
  urgency: Urgency,
  fail: (error: unknown) => void,
  isCurrent = record.observers > 0,
): Subscription {
  record.observers += 1
  const stopFollowing = services.dates.follow(record.recorder)
  const subscription = services.observer.subscribe(
    record.facts.ref,
    urgency,
    { observe: (observation) => record.observe(observation), fail },
    isCurrent,
  )
  let closed = false
  return {
    setUrgency: (next) => subscription.setUrgency(next),
    close: () => {
      if (closed) return
      closed = true
      record.observers -= 1
      stopFollowing()
      subscription.close()
    },
  }
}
