import { type ContainerSpec, type GroupPlan, planGroup } from '@berth/core'
import { type KubernetesCapabilities, kubernetesCapabilities } from '../src/kubernetes-capabilities.ts'

/** The plan that core makes of a spec. */
export async function planForTest(
  spec: Omit<ContainerSpec<KubernetesCapabilities>, 'image'> & { readonly image?: string },
): Promise<GroupPlan> {
  return await planGroup(
    { image: 'app:1', ...spec },
    {
      capabilities: kubernetesCapabilities,
      providerName: 'kubernetes',
      token: 'token',
      owner: 'a.b.c.1.2.3',
      leaseInMs: 60_000,
    },
  )
}
