import type { KubernetesNativeOptions } from '@berth/kubernetes'

/** What `spec.options.gke` takes: all that Kubernetes has, and what only GKE has. */
export interface GkeNativeOptions extends KubernetesNativeOptions {
  /** The kind of node: `Balanced`, `Scale-Out`, `Performance`, or a ComputeClass of the cluster's own. Default: the cluster's. */
  readonly computeClass?: string | undefined
}
