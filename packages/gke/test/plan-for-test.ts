import { type ContainerSpec, type GroupPlan, planGroup } from '@berth/core'
import { type GkeCapabilities, gkeCapabilities } from '../src/gke-capabilities.ts'

/** The plan that core makes of a spec. */
export async function planForTest(
  spec: Omit<ContainerSpec<GkeCapabilities>, 'image'> & { readonly image?: string },
): Promise<GroupPlan> {
  return await planGroup(
    { image: 'app:1', ...spec },
    {
      capabilities: gkeCapabilities,
      providerName: 'gke',
      token: 'token',
      owner: 'a.b.c.1.2.3',
      leaseInMs: 60_000,
    },
  )
}
