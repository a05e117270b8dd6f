import type { Address } from '../contract/address.ts'
import type { Attempt, SendAttempt } from './attempt.ts'
import { patienceInMs } from './probe-interval.ts'

/** When the further attempts are sent, after the success. A balancer before it may show itself between the two; without a failure none has so far. */
const DELAYS_IN_MS = { afterFailure: [4, 25], otherwise: [25] } as const

/** What the attempts before a success tell of those after it. */
export interface EarlierAttempts {
  readonly roundTripInMs: number | undefined
  /** Whether one had failed: a success after it may be another server's, and what the failure bounds is then in doubt. */
  readonly afterFailure: boolean
}

/**
 * Asks once or twice more whether a success lasts, and reports once: steady when all succeed, not so when one fails or stays silent for
 * longer than answers take. In the background: it does not keep the process alive. Returns the function that ends it unreported.
 */
export function checkSteadiness(
  send: SendAttempt,
  address: Address,
  { roundTripInMs, afterFailure }: EarlierAttempts,
  onSteadiness: (steady: boolean) => void,
): () => void {
  const delays = DELAYS_IN_MS[afterFailure ? 'afterFailure' : 'otherwise']
  const attempts = new Set<Attempt>()
  const timers = new Set<NodeJS.Timeout>()
  let succeeded = 0
  const end = () => {
    for (const timer of timers) clearTimeout(timer)
    for (const attempt of attempts) attempt.abort()
  }
  const report = (steady: boolean) => {
    end()
    onSteadiness(steady)
  }
  const later = (delayInMs: number, action: () => void) => timers.add(setTimeout(action, delayInMs).unref())
  for (const delay of delays) {
    later(delay, () => {
      const listener = {
        connected: () => {},
        ended: ({ outcome }: { readonly outcome: string }) => {
          if (outcome !== 'success') report(false)
          else if (++succeeded === delays.length) report(true)
        },
      }
      attempts.add(send(address, listener, true))
    })
  }
  later((delays.at(-1) ?? 0) + patienceInMs(roundTripInMs), () => report(false))
  return end
}
