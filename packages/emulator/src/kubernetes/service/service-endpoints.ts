import type { ObjectStore } from '../objects/object-store.ts'
import type { EndpointSubset, Endpoints, Service, ServicePort } from '../objects/objects.ts'
import type { Pod } from '../objects/pod.ts'

/** Which Pods a Service leads to. */
export interface ServiceTargets {
  readonly ready: readonly Pod[]
  readonly notReady: readonly Pod[]
}

export function targetsOf({ metadata, spec }: Service, store: ObjectStore): ServiceTargets {
  const selector = Object.entries(spec.selector ?? {})
  if (selector.length === 0) return { ready: [], notReady: [] }
  const pods = store
    .list('pods', metadata.namespace)
    .filter(
      ({ metadata: { labels = {} }, status }) =>
        selector.every(([key, value]) => labels[key] === value) &&
        status?.podIP !== undefined &&
        status.phase !== 'Succeeded' &&
        status.phase !== 'Failed',
    )
  const ready = pods.filter((pod) => isReady(pod) || spec.publishNotReadyAddresses)
  return { ready, notReady: pods.filter((pod) => !ready.includes(pod)) }
}

function isReady({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp) return false
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false
}

/** The port of a Pod that a port of a Service leads to, which may be told by its name. */
export function targetPortOf({ targetPort, port }: ServicePort, { spec }: Pod): number | undefined {
  if (typeof targetPort !== 'string' || /^\d+$/.test(targetPort)) return Number(targetPort ?? port)
  const ports = spec.containers.flatMap((container) => container.ports ?? [])
  return ports.find(({ name }) => name === targetPort)?.containerPort
}

export function endpointsOf(service: Service, { ready, notReady }: ServiceTargets): Endpoints {
  const { name, namespace, labels } = service.metadata
  const ports = (service.spec.ports ?? []).flatMap((port) => {
    const number = [...ready, ...notReady].map((pod) => targetPortOf(port, pod)).find(Boolean)
    if (number === undefined) return []
    return [
      { ...(port.name !== undefined && { name: port.name }), port: number, protocol: port.protocol ?? 'TCP' },
    ]
  })
  const subset: EndpointSubset = {
    ...(ready.length > 0 && { addresses: ready.map(addressOf) }),
    ...(notReady.length > 0 && { notReadyAddresses: notReady.map(addressOf) }),
    ports,
  }
  const hasAny = ready.length + notReady.length > 0
  return {
    metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels && { labels }) },
    ...(hasAny && { subsets: [subset] }),
  }
}

function addressOf({ metadata, spec, status }: Pod) {
  const { namespace, name, uid } = metadata
  return {
    ip: status?.podIP ?? '',
    ...(spec.nodeName !== undefined && { nodeName: spec.nodeName }),
    targetRef: {
      kind: 'Pod',
      ...(namespace !== undefined && { namespace }),
      name,
      ...(uid !== undefined && { uid }),
    },
  }
}
