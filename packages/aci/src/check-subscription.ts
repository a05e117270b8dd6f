import { type CallContext, type CheckItem, looked } from '@berth/core'
import { type AciAccount, RESOURCES_API } from './aci-account.ts'
import { send } from './aci-calls.ts'
import { mapAciError } from './map-aci-error.ts'

/** Whether the subscription is there, may be seen and is in use. */
export async function checkSubscription(account: AciAccount, context: CallContext): Promise<CheckItem> {
  return await looked(context, 'subscription', mapAciError, async () => {
    const { subscription } = await account.place()
    const answer = await send(account, context, 'reads', {
      method: 'GET',
      path: `/subscriptions/${subscription}`,
      apiVersion: RESOURCES_API,
    })
    const { displayName, state } = answer.body as { readonly displayName?: string; readonly state?: string }
    const detail = `${displayName ?? subscription} is ${state ?? 'there'}`
    if (state === undefined || state === 'Enabled') return { status: 'ok', detail }
    return {
      status: 'failed',
      detail,
      mend: 'enable it again in the portal, or choose another: az account set --subscription <id>',
    }
  })
}
