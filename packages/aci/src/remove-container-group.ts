import type { CallContext } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { deleteGroup } from './aci-calls.ts'
import { getGroupPatiently } from './get-group-patiently.ts'
import { growingPauses, pause } from './pause.ts'

/** Deletes a group and waits until it is really gone: the service says yes at once and takes up to a minute and a half. */
export async function removeContainerGroup(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<void> {
  if (await deleteGroup(account, ref, context)) {
    for (const pauseInMs of growingPauses(150, 2_500)) {
      if ((await getGroupPatiently(account, ref, context)) === null) break
      await pause(pauseInMs, context.signal)
    }
  }
  account.views.delete(ref)
}
