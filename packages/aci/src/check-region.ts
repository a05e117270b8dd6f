import { type CallContext, type CheckItem, looked } from '@berth/core'
import { type AciAccount, RESOURCES_API } from './aci-account.ts'
import { send } from './aci-calls.ts'
import { mapAciError } from './map-aci-error.ts'
import { plainLocation } from './plain-location.ts'

interface ResourceProvider {
  readonly registrationState?: string
  readonly resourceTypes?: readonly {
    readonly resourceType: string
    readonly locations?: readonly string[]
  }[]
}

const REGISTER = 'az provider register --namespace Microsoft.ContainerInstance --wait'

/** Whether the subscription may use the service at all, and whether the region has it. */
export async function checkRegion(account: AciAccount, context: CallContext): Promise<readonly CheckItem[]> {
  let provider: ResourceProvider | undefined
  const registration = await looked(context, 'resource provider', mapAciError, async () => {
    const { subscription } = await account.place()
    const answer = await send(account, context, 'reads', {
      method: 'GET',
      path: `/subscriptions/${subscription}/providers/Microsoft.ContainerInstance`,
      apiVersion: RESOURCES_API,
    })
    provider = answer.body as ResourceProvider
    const detail = `Microsoft.ContainerInstance is ${provider.registrationState ?? 'in an unknown state'}`
    return provider.registrationState === 'Registered'
      ? { status: 'ok', detail }
      : { status: 'failed', detail, mend: REGISTER }
  })
  const region = await looked(context, 'region', mapAciError, async () => {
    const location = await account.location(context.signal)
    const regions = regionsOf(provider)
    if (regions.length === 0)
      return { status: 'skipped', detail: `${location}: the service does not list its regions` }
    if (regions.includes(location)) return { status: 'ok', detail: `${location} has container instances` }
    return {
      status: 'failed',
      detail: `${location} has no container instances`,
      mend: `choose one of ${regions.toSorted().join(', ')}: BERTH_ACI_LOCATION, or aci({ location })`,
    }
  })
  return [registration, region]
}

/** The service lists them for people: `West US 2`. */
function regionsOf(provider: ResourceProvider | undefined): readonly string[] {
  const type = provider?.resourceTypes?.find(
    ({ resourceType }) => resourceType.toLowerCase() === 'containergroups',
  )
  return (type?.locations ?? []).map(plainLocation)
}
