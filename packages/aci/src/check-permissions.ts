import { type CallContext, type CheckItem, looked } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { send } from './aci-calls.ts'
import { ArmError } from './arm/arm-error.ts'
import { mapAciError } from './map-aci-error.ts'

const PERMISSIONS_API = '2015-07-01'
const GROUPS = 'Microsoft.ContainerInstance/containerGroups'

/** What Berth does, in the words of roles; docs/providers/aci.md has the role that allows just this. */
export const NEEDED_ACTIONS = [
  `${GROUPS}/read`,
  `${GROUPS}/write`,
  `${GROUPS}/delete`,
  `${GROUPS}/restart/action`,
  `${GROUPS}/stop/action`,
  `${GROUPS}/start/action`,
  `${GROUPS}/containers/exec/action`,
  `${GROUPS}/containers/attach/action`,
  `${GROUPS}/containers/logs/read`,
  'Microsoft.ContainerInstance/locations/operations/read',
] as const

interface Permission {
  readonly actions?: readonly string[]
  readonly notActions?: readonly string[]
}

/** Whether the account may do on the resource group what Berth does there. */
export async function checkPermissions(account: AciAccount, context: CallContext): Promise<CheckItem> {
  return await looked(context, 'permissions', mapAciError, async () => {
    const { subscription, resourceGroup } = await account.place()
    let permissions: readonly Permission[]
    try {
      const answer = await send(account, context, 'reads', {
        method: 'GET',
        path: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Authorization/permissions`,
        apiVersion: PERMISSIONS_API,
      })
      permissions = (answer.body as { readonly value?: readonly Permission[] }).value ?? []
    } catch (error) {
      // An account need not be allowed to see what it is allowed.
      if (!ArmError.isInstance(error) || error.status === undefined || error.status >= 500) throw error
      return { status: 'skipped', detail: `they cannot be seen: ${error.message}` }
    }
    const lacking = NEEDED_ACTIONS.filter((action) => !isAllowed(action, permissions))
    if (lacking.length === 0)
      return { status: 'ok', detail: `all that is needed on ${resourceGroup} is allowed` }
    return {
      status: 'failed',
      detail: `not allowed on ${resourceGroup}: ${lacking.join(', ')}`,
      mend: `give this account the role in docs/providers/aci.md, or Contributor: az role assignment create --assignee <account> --role Contributor --scope /subscriptions/${subscription}/resourceGroups/${resourceGroup}`,
    }
  })
}

/** Whether one of the roles allows an action, and does not except it. */
export function isAllowed(action: string, permissions: readonly Permission[]): boolean {
  return permissions.some(
    ({ actions = [], notActions = [] }) =>
      actions.some((pattern) => matches(action, pattern)) &&
      !notActions.some((pattern) => matches(action, pattern)),
  )
}

/** `*` stands for anything; case does not matter. */
function matches(action: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${escaped}$`, 'i').test(action)
}
