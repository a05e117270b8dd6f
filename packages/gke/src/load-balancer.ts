import type { KubernetesNativeOptions } from '@berth/kubernetes'
import { type GkeCluster, isAtLeast } from './gke-cluster.ts'

type ServiceOptions = Pick<KubernetesNativeOptions, 'service' | 'loadBalancerClass' | 'serviceAnnotations'>

/**
 * How a Service asks for Google's newer network load balancer, the one that is ready sooner and costs no more: by a class from 1.33 on, before by an
 * annotation. What the spec says itself stands.
 */
export function loadBalancerOptions(
  native: ServiceOptions,
  cluster: Pick<GkeCluster, 'version'>,
): ServiceOptions {
  const { service, loadBalancerClass, serviceAnnotations } = native
  if (service === 'NodePort' || loadBalancerClass !== undefined) return {}
  if (isAtLeast(cluster, 1, 33)) return { loadBalancerClass: 'networking.gke.io/l4-regional-external' }
  return { serviceAnnotations: { 'cloud.google.com/l4-rbs': 'enabled', ...serviceAnnotations } }
}
