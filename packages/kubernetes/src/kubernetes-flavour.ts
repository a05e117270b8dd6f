/** What differs where an adapter for one cloud's clusters is made of this one: what its users call things, how they sign in, how the cloud marks nodes. */
export interface KubernetesFlavour {
  /** The adapter's name: that of its factory, of its own options in a spec, and of its page in docs/providers. */
  readonly name: string
  /** How one signs in, for whom the cluster does not know. */
  readonly signIn: string
  /** The labels, and taints, of nodes that may be taken back; any of them will do. */
  readonly spotLabels: Readonly<Record<string, string>>
}

/** A cluster of whatever cloud, as kubectl sees it. */
export const anyKubernetes: KubernetesFlavour = {
  name: 'kubernetes',
  signIn: 'sign in again, as kubectl has to: kubectl auth whoami',
  spotLabels: {
    'cloud.google.com/gke-spot': 'true',
    'kubernetes.azure.com/scalesetpriority': 'spot',
    'eks.amazonaws.com/capacityType': 'SPOT',
    'karpenter.sh/capacity-type': 'spot',
  },
}
