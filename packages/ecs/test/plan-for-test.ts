import { type ContainerSpec, type GroupPlan, planGroup } from '@berth/core'
import { type EcsCapabilities, ecsCapabilities } from '../src/ecs-capabilities.ts'

/** The plan that core makes of a spec for this adapter. */
export async function planForTest(
  spec: Omit<ContainerSpec<EcsCapabilities>, 'image'> & { readonly image?: string },
): Promise<GroupPlan> {
  return await planGroup(
    { image: 'app:1', ...spec },
    { capabilities: ecsCapabilities, providerName: 'ecs', token: 'token', owner: 'owner', leaseInMs: 60_000 },
  )
}
