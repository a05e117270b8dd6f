import { type CallContext, type CheckItem, looked } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { checkPermissions } from './check-permissions.ts'
import { checkQuota } from './check-quota.ts'
import { checkRegion } from './check-region.ts'
import { checkResourceGroup } from './check-resource-group.ts'
import { checkSubscription } from './check-subscription.ts'
import { mapAciError } from './map-aci-error.ts'

/** What must be right for the account to serve, each with its mend. What stands on something that failed is skipped. */
export async function checkAci(account: AciAccount, context: CallContext): Promise<readonly CheckItem[]> {
  const place = await looked(context, 'place', mapAciError, async () => {
    const { subscription, resourceGroup, location, endpoint, sources } = await account.place()
    const region =
      location === undefined ? `the resource group's own region` : `${location} (from ${sources.location})`
    return {
      status: 'ok',
      detail: `subscription ${subscription} (from ${sources.subscription}), resource group ${resourceGroup} (from ${sources.resourceGroup}), ${region}, at ${endpoint} (from ${sources.endpoint})`,
    }
  })
  if (place.status !== 'ok') return [place, ...skipped('no place is named', 'credentials', ...REST)]
  const credentials = await looked(context, 'credentials', mapAciError, async () => {
    const startedAt = performance.now()
    await (await account.arm()).signIn()
    return {
      status: 'ok',
      detail: `an access token was given within ${Math.round(performance.now() - startedAt)} ms`,
    }
  })
  if (credentials.status !== 'ok') return [place, credentials, ...skipped('nobody is signed in', ...REST)]
  const subscription = await checkSubscription(account, context)
  if (subscription.status === 'failed')
    return [place, credentials, subscription, ...skipped('the subscription is not there', ...REST.slice(1))]
  const others = await Promise.all([
    checkResourceGroup(account, context),
    checkRegion(account, context),
    checkPermissions(account, context),
    checkQuota(account, context),
  ])
  return [place, credentials, subscription, ...others.flat()]
}

const REST = ['subscription', 'resource group', 'resource provider', 'region', 'permissions', 'quota']

function skipped(why: string, ...names: readonly string[]): CheckItem[] {
  return names.map((name) => ({ name, status: 'skipped', detail: why }))
}
