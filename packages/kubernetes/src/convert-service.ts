import type { GroupPlan, OwnershipTags } from '@berth/core'
import type { Service } from './cluster/service.ts'
import type { KubernetesNativeOptions } from './kubernetes-native-options.ts'
import { partAnnotations, partLabels, RUN_LABEL } from './kubernetes-tags.ts'

/** The Service that lets everybody in; undefined where nobody is to be, or there is no port. */
export function convertService(
  { name, containers, expose }: GroupPlan,
  tags: OwnershipTags,
  { service = 'LoadBalancer', serviceAnnotations, loadBalancerClass }: KubernetesNativeOptions,
): Service | undefined {
  const ports = containers.flatMap((container) => container.ports)
  if (expose !== 'public' || ports.length === 0) return undefined
  return {
    metadata: {
      name,
      labels: partLabels(tags),
      annotations: { ...serviceAnnotations, ...partAnnotations(tags) },
    },
    spec: {
      type: service,
      selector: { [RUN_LABEL]: name },
      // A Pod that is to be probed from outside must be let in before it calls itself ready.
      publishNotReadyAddresses: true,
      ...(service === 'LoadBalancer' && loadBalancerClass !== undefined && { loadBalancerClass }),
      ports: ports.map(({ port, protocol }) => ({
        name: `${protocol}-${port}`,
        port,
        targetPort: port,
        protocol: protocol === 'udp' ? ('UDP' as const) : ('TCP' as const),
      })),
    },
  }
}
