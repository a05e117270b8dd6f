import { BerthError, type CallContext, delay } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { type AnsweredGroup, getGroup } from './aci-calls.ts'
import { mapAciError } from './map-aci-error.ts'

const TRIES = 6
const FIRST_PAUSE_IN_MS = 200

/**
 * The same as `getGroup`, asked again where the answer fails to come: within something that takes several questions one of them must not make
 * all the others vain.
 */
export async function getGroupPatiently(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<AnsweredGroup | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await getGroup(account, ref, context)
    } catch (error) {
      context.signal.throwIfAborted()
      if (tries >= TRIES || !mayPass(error)) throw error
      await delay(FIRST_PAUSE_IN_MS * 2 ** (tries - 1) * (0.6 + 0.8 * Math.random()), context.signal)
    }
  }
}

/** Whether the same question can be answered later. */
export function mayPass(error: unknown): boolean {
  const mapped = mapAciError(error)
  return BerthError.isInstance(mapped) && mapped.retryable
}
