import type { Address } from '@berth/core'
import type { Pod } from './cluster/pod.ts'
import type { Service } from './cluster/service.ts'
import { MAIN } from './kubernetes-names.ts'
import { readExposure } from './kubernetes-tags.ts'

/** Where a run's ports are within the cluster's own network; empty where its Service is what it is reached by. */
export function podAddresses(pod: Pod): readonly Address[] {
  const host = pod.status?.podIP
  if (!host || readExposure(pod.metadata) !== 'private') return []
  const { containers, initContainers = [] } = pod.spec
  const sorted = [
    ...containers.filter(({ name }) => name === MAIN),
    ...containers.filter(({ name }) => name !== MAIN),
    ...initContainers,
  ]
  return sorted.flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol }) => ({
      host,
      port: containerPort,
      containerPort,
      protocol: protocol === 'UDP' ? ('udp' as const) : ('tcp' as const),
      exposure: 'private' as const,
    })),
  )
}

/** Where a Service lets everybody in, as far as the cluster tells by now. `nodeAddress` is that of the node which runs the Pod. */
export function serviceAddresses(
  { spec, status }: Service,
  nodeAddress: string | undefined,
): readonly Address[] {
  const [ingress] = status?.loadBalancer?.ingress ?? []
  const balancer = ingress?.ip || ingress?.hostname
  const host = spec.type === 'NodePort' ? nodeAddress : balancer
  if (!host) return []
  return spec.ports.flatMap(({ port, targetPort, protocol, nodePort }) => {
    const outside = spec.type === 'NodePort' ? nodePort : port
    if (outside === undefined) return []
    return [
      {
        host,
        port: outside,
        containerPort: targetPort,
        protocol: protocol === 'UDP' ? ('udp' as const) : ('tcp' as const),
        exposure: 'public' as const,
        // A balancer takes connections for whom it cannot reach yet.
        proxied: true,
      },
    ]
  })
}
