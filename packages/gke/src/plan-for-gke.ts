import type { GroupPlan } from '@berth/core'
import type { KubernetesNativeOptions } from '@berth/kubernetes'
import { CLASS_LABEL, computeClass } from './autopilot/compute-class.ts'
import { shapePlan } from './autopilot/pod-shape.ts'
import { validateForAutopilot } from './autopilot/validate-for-autopilot.ts'
import type { GkeCluster } from './gke-cluster.ts'
import type { GkeNativeOptions } from './gke-native-options.ts'
import { loadBalancerOptions } from './load-balancer.ts'

/**
 * A plan as Kubernetes takes it on this cluster, and what was rounded up on the way.
 *
 * @throws BerthError `invalid-spec`, `unsupported` for what Autopilot does not take
 */
export function planForGke(
  plan: GroupPlan,
  cluster: GkeCluster,
): { readonly plan: GroupPlan; readonly notes: readonly string[] } {
  const native = kubernetesOptions(plan)
  const converted = { ...plan, native: { ...native, ...loadBalancerOptions(native, cluster) } }
  if (!cluster.isAutopilot) return { plan: converted, notes: [] }
  validateForAutopilot(converted)
  const sold = computeClass(native.nodeSelector?.[CLASS_LABEL], plan.architecture, cluster)
  return sold === undefined ? { plan: converted, notes: [] } : shapePlan(converted, sold)
}

/** The adapter's own options in Kubernetes' words. */
export function kubernetesOptions({ native }: Pick<GroupPlan, 'native'>): KubernetesNativeOptions {
  const { computeClass: name, ...options } = (native ?? {}) as GkeNativeOptions
  if (name === undefined) return options
  return { ...options, nodeSelector: { ...options.nodeSelector, [CLASS_LABEL]: name } }
}
