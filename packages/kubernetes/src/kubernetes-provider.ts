import { defineProvider } from '@berth/core'
import { kubernetesAdapter } from './kubernetes-adapter.ts'
import { type KubernetesCapabilities, kubernetesCapabilities } from './kubernetes-capabilities.ts'
import type { KubernetesOptions } from './kubernetes-options.ts'

/**
 * A namespace of a Kubernetes cluster as a provider: `kubernetes()` for the one that kubectl would use. Each run is a Pod; secrets go into a Secret
 * that belongs to it.
 */
export const kubernetes = defineProvider<KubernetesCapabilities, KubernetesOptions>({
  capabilities: kubernetesCapabilities,
  connect: kubernetesAdapter,
})
