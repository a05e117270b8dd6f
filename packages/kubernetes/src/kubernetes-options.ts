import type { ClusterEndpoint } from './cluster/endpoint-access.ts'

/** Which cluster to use, and where in it. Left out altogether: what kubectl would use. */
export interface KubernetesOptions {
  /** A kubeconfig file. Default: KUBECONFIG, then ~/.kube/config, then the service account of the pod that this runs in. */
  readonly kubeconfig?: string | undefined
  /** A context of the kubeconfig by its name. Default: the current one. */
  readonly context?: string | undefined
  /** Default: the context's, else `default`. It must exist. */
  readonly namespace?: string | undefined
  /** A cluster that no kubeconfig tells of; looked up when it is first needed. Instead of `kubeconfig` and `context`. */
  readonly cluster?: (() => Promise<ClusterEndpoint>) | undefined
  /**
   * Who may reach the ports of runs whose spec does not say. Default: in a pod of a cluster `private`, everybody on the cluster's network; elsewhere
   * `local`, this machine by way of the API server, for nothing else is sure to lead there.
   */
  readonly expose?: 'private' | 'public' | 'local' | undefined
  /**
   * How long a run may find no place in the cluster before that counts as lack of capacity, in milliseconds. An autoscaler that says that it adds
   * a node for it is waited for. Default 60,000.
   */
  readonly unschedulableAfterMs?: number | undefined
}

const NAME = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/

/** Throws TypeError or RangeError for options that cannot be. Reads nothing. */
export function checkOptions(options: KubernetesOptions): void {
  const { kubeconfig, context, namespace, cluster, expose, unschedulableAfterMs } = options
  if (expose !== undefined && !['private', 'public', 'local'].includes(expose)) {
    throw new TypeError(`kubernetes: expose '${expose}' is none of private, public, local`)
  }
  if (namespace !== undefined && !NAME.test(namespace)) {
    throw new TypeError(
      `kubernetes: namespace '${namespace}' is no name of one; write lower case letters, digits and hyphens`,
    )
  }
  for (const [name, value] of Object.entries({ kubeconfig, context })) {
    if (value !== undefined && (typeof value !== 'string' || value === '')) {
      throw new TypeError(`kubernetes: ${name} must be a text that is not empty`)
    }
  }
  if (cluster !== undefined && (kubeconfig !== undefined || context !== undefined)) {
    throw new TypeError('kubernetes: give either cluster, or kubeconfig and context')
  }
  if (unschedulableAfterMs !== undefined && !(unschedulableAfterMs >= 0)) {
    throw new RangeError(
      `kubernetes: unschedulableAfterMs is ${unschedulableAfterMs}, and must be 0 or more milliseconds`,
    )
  }
}
