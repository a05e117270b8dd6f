import type { Urgency } from '../watch/observer.ts'
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
    const end = (settle: () => void) => {
      stopListening()
      subscription.close()
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
    const subscription = observeInto(record, services, urgency, (error) => end(() => reject(error)))
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    else look()
  })
}

/** Keeps a record current until closed. */
export function observeInto(
  record: RunRecord,
  services: RunServices,
  urgency: Urgency,
  fail: (error: unknown) => void,
) {
  return services.observer.subscribe(record.facts.ref, urgency, {
    observe: (observation) => record.observe(observation),
    fail,
  })
}
