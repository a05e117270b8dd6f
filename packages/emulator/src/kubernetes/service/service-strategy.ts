import { randomInt } from 'node:crypto'
import type { ObjectStore } from '../objects/object-store.ts'
import type { Service, ServicePort } from '../objects/objects.ts'
import type { Strategy } from '../rest/strategy.ts'
import { invalid } from '../status-error.ts'
import { validateService } from '../validation/validate-service.ts'

const [FIRST_NODE_PORT, LAST_NODE_PORT] = [30_000, 32_767]

/** What is particular to the writing of Services: the addresses and ports that the cluster gives them. */
export function serviceStrategy(store: ObjectStore): Strategy<Service> {
  return {
    prepareForCreate(service) {
      validateService(service)
      return complete(service, undefined, store)
    },
    prepareForUpdate(service, before, subresource) {
      if (subresource !== undefined) return service
      validateService(service)
      const { clusterIP } = before.spec
      if (service.spec.clusterIP && clusterIP && service.spec.clusterIP !== clusterIP)
        throw invalid('Service', service.metadata.name, [
          {
            reason: 'FieldValueInvalid',
            message: `Invalid value: ["${service.spec.clusterIP}"]: may not change once set`,
            field: 'spec.clusterIPs[0]',
          },
        ])
      return complete(service, before, store)
    },
    tellsDeleted: true,
  }
}

function complete(service: Service, before: Service | undefined, store: ObjectStore): Service {
  const { spec } = service
  const { type = 'ClusterIP', ports = [] } = spec
  const hasNodePorts = type === 'NodePort' || type === 'LoadBalancer'
  const taken = new Set(
    store
      .list('services')
      .filter(({ metadata }) => metadata.uid !== before?.metadata.uid)
      .flatMap((one) => one.spec.ports ?? [])
      .map(({ nodePort }) => nodePort),
  )
  const clusterIP =
    type === 'ExternalName' ? undefined : spec.clusterIP || before?.spec.clusterIP || newAddress(store)
  return {
    ...service,
    spec: {
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ...(hasNodePorts && { externalTrafficPolicy: 'Cluster' }),
      ...spec,
      type,
      ...(clusterIP && { clusterIP, clusterIPs: [clusterIP] }),
      ports: ports.map((port) => completePort(port, before?.spec.ports ?? [], hasNodePorts, taken)),
    },
    status: before?.status ?? { loadBalancer: {} },
  } as Service
}

function completePort(
  port: ServicePort,
  before: readonly ServicePort[],
  hasNodePort: boolean,
  taken: Set<number | undefined>,
): ServicePort {
  const earlier = before.find((one) => one.port === port.port)?.nodePort
  const nodePort = port.nodePort ?? earlier ?? freePort(taken)
  const { nodePort: _asked, ...rest } = port
  if (hasNodePort) taken.add(nodePort)
  return { protocol: 'TCP', targetPort: port.port, ...rest, ...(hasNodePort && { nodePort }) } as ServicePort
}

function freePort(taken: ReadonlySet<number | undefined>): number {
  for (;;) {
    const port = randomInt(FIRST_NODE_PORT, LAST_NODE_PORT + 1)
    if (!taken.has(port)) return port
  }
}

/** Of the middle of 127/8, where on Linux every address is this machine. */
function newAddress(store: ObjectStore): string {
  const taken = new Set(store.list('services').map(({ spec }) => spec.clusterIP))
  for (;;) {
    const address = `127.${randomInt(64, 192)}.${randomInt(256)}.${randomInt(1, 255)}`
    if (!taken.has(address)) return address
  }
}
