import { type ContainerSpec, type GroupPlan, planGroup } from '@berth/core'
import { type AciCapabilities, aciCapabilities } from '../src/aci-capabilities.ts'

/** The plan that core makes of a spec for this adapter. */
export async function planForTest(
  spec: Omit<ContainerSpec<AciCapabilities>, 'image'> & { readonly image?: string },
): Promise<GroupPlan> {
  return await planGroup(
    { image: 'app:1', ...spec },
    { capabilities: aciCapabilities, providerName: 'aci', token: 'token', owner: 'owner', leaseInMs: 60_000 },
  )
}
