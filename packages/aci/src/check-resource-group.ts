import { type CallContext, type CheckItem, looked } from '@berth/core'
import { type AciAccount, RESOURCES_API } from './aci-account.ts'
import { send } from './aci-calls.ts'
import { mapAciError } from './map-aci-error.ts'

/** Whether the resource group is there. */
export async function checkResourceGroup(account: AciAccount, context: CallContext): Promise<CheckItem> {
  return await looked(context, 'resource group', mapAciError, async () => {
    const { subscription, resourceGroup } = await account.place()
    const answer = await send(account, context, 'reads', {
      method: 'GET',
      path: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`,
      apiVersion: RESOURCES_API,
    })
    const { location } = answer.body as { readonly location?: string }
    return { status: 'ok', detail: `${resourceGroup} is in ${location ?? 'a region that it does not tell'}` }
  })
}
