import { type CallContext, type CheckItem, looked } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { send } from './aci-calls.ts'
import { mapAciError } from './map-aci-error.ts'

interface Usage {
  readonly unit?: string
  readonly currentValue?: number
  readonly limit?: number
  readonly name?: { readonly value?: string; readonly localizedValue?: string }
}

/** From here on a start may be the one too many. */
const NEARLY_ALL = 0.9

/** How much of what the region gives to the subscription is taken. */
export async function checkQuota(account: AciAccount, context: CallContext): Promise<CheckItem> {
  return await looked(context, 'quota', mapAciError, async () => {
    const { subscription } = await account.place()
    const location = await account.location(context.signal)
    const answer = await send(account, context, 'reads', {
      method: 'GET',
      path: `/subscriptions/${subscription}/providers/Microsoft.ContainerInstance/locations/${location}/usages`,
    })
    const usages = ((answer.body as { readonly value?: readonly Usage[] }).value ?? []).filter(
      ({ limit }) => limit !== undefined && limit > 0,
    )
    const detail = usages.map(describe).join(', ') || `${location} tells no limits`
    const scarce = usages.filter(({ currentValue = 0, limit = 0 }) => currentValue >= limit * NEARLY_ALL)
    if (scarce.length === 0) return { status: 'ok', detail }
    return {
      status: 'warning',
      detail,
      mend: `remove runs that are no longer needed (berth sweep), use another region, or ask for more ${scarce.map(nameOf).join(' and ')} in the portal under Quotas`,
    }
  })
}

function describe(usage: Usage): string {
  return `${usage.currentValue ?? 0} of ${usage.limit} ${nameOf(usage)}`
}

function nameOf({ name }: Usage): string {
  return name?.localizedValue ?? name?.value ?? 'units'
}
