import { type CallContext, delay, growingPauses } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { deleteGroup } from './aci-calls.ts'
import { getGroupPatiently } from './get-group-patiently.ts'
import { isJustOrdered } from './group-view.ts'

/** An order that nobody has seen after so long was never carried out. */
const APPEARS_WITHIN_MS = 15_000

/** Deletes a group and waits until it is really gone: the service says yes at once and takes up to a minute and a half. */
export async function removeContainerGroup(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<void> {
  if (await deleteOnceThere(account, ref, context)) {
    for (const pauseInMs of growingPauses(150, 2_500)) {
      if ((await getGroupPatiently(account, ref, context)) === null) break
      await delay(pauseInMs, context.signal)
    }
  }
  account.views.delete(ref)
}

/** What was just ordered may not be there for a deletion either, and come after it. False where there is nothing. */
async function deleteOnceThere(account: AciAccount, ref: string, context: CallContext): Promise<boolean> {
  const startedAt = performance.now()
  for (const pauseInMs of growingPauses(300, 2_000)) {
    if (await deleteGroup(account, ref, context)) return true
    const mayAppear =
      isJustOrdered(account.views.get(ref)) && performance.now() - startedAt < APPEARS_WITHIN_MS
    if (!mayAppear) return false
    await delay(pauseInMs, context.signal)
  }
  return false
}
