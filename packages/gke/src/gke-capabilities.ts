import type { Capabilities } from '@berth/core'
import { kubernetesCapabilities } from '@berth/kubernetes'
import type { GkeNativeOptions } from './gke-native-options.ts'

/** What a cluster of GKE can do: all that Kubernetes can, save what Autopilot refuses of it (docs/providers/gke.md). */
export const gkeCapabilities = {
  ...kubernetesCapabilities,
  name: 'gke',
} as const satisfies Capabilities

/** The capabilities as a type, with that of `spec.options.gke`. */
export type GkeCapabilities = typeof gkeCapabilities & {
  readonly native?: GkeNativeOptions
}
