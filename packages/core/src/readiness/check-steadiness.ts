import type { Address } from '../contract/address.ts'
import type { Attempt, SendAttempt } from './attempt.ts'
import { patienceInMs } from './probe-interval.ts'

/** When the further attempts are sent, after the success. */
const DELAYS_IN_MS = [4, 25] as const

/**
 * Asks twice more whether a success lasts, and reports once: steady when all succeed, not so when one fails or stays silent for
 * longer than answers take. In the background: it does not keep the process alive. Returns the function that ends it unreported.
 */
export function checkSteadiness(
  send: SendAttempt,
  address: Address,
  roundTripInMs: number | undefined,
  onSteadiness: (steady: boolean) => void,
): () => void {
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
  for (const delay of DELAYS_IN_MS) {
    later(delay, () => {
      const listener = {
        connected: () => {},
        ended: ({ outcome }: { readonly outcome: string }) => {
          if (outcome !== 'success') report(false)
          else if (++succeeded === DELAYS_IN_MS.length) report(true)
        },
      }
      attempts.add(send(address, listener, true))
    })
  }
  later((DELAYS_IN_MS.at(-1) ?? 0) + patienceInMs(roundTripInMs), () => report(false))
  return end
}
