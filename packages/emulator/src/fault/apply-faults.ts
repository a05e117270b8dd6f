import type { EmulatedTime } from '../clock/emulated-time.ts'
import type { Call } from '../server/endpoint.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { FaultEffect } from './fault-rule.ts'
import { findFault } from './find-fault.ts'

/** The end of a connection without an answer. */
export interface Silence {
  readonly silence: 'reset' | 'close' | 'hang'
}

/** Carries a call out under the faults that strike it: the one place where they are brought about. */
export async function applyFaults(
  call: Call,
  effects: readonly FaultEffect[],
  { time, signal }: { readonly time: EmulatedTime; readonly signal: AbortSignal },
): Promise<WireResponse | Silence> {
  if (findFault(effects, 'reset')) return { silence: 'reset' }
  const lostRequest = findFault(effects, 'lost-request')
  if (lostRequest) return { silence: lostRequest.hangs ? 'hang' : 'close' }
  // The answer to come may be an error; that is late, or lost, as well.
  const outcome = await call.perform(effects).then(
    (response) => ({ response }),
    (error: unknown) => ({ error }),
  )
  const slow = findFault(effects, 'slow')
  if (slow) await time.pass(slow.delayInMs, signal)
  const lostResponse = findFault(effects, 'lost-response')
  if (lostResponse) return { silence: lostResponse.hangs ? 'hang' : 'close' }
  if ('error' in outcome) throw outcome.error
  return outcome.response
}
