import type { KubernetesDialect } from '../kubernetes-dialect.ts'
import type { Container, Pod, Probe, Quantities } from '../objects/pod.ts'
import { qosClass } from './qos-class.ts'

const PATIENCE = [
  ['node.kubernetes.io/not-ready', 300],
  ['node.kubernetes.io/unreachable', 300],
] as const

/** What a server writes down where the client has left it open. */
export function completePod(pod: Pod, dialect: KubernetesDialect): Pod {
  const { spec } = pod
  const { serviceAccountName = 'default' } = spec
  const completed = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName,
    serviceAccount: serviceAccountName,
    securityContext: {},
    schedulerName: 'default-scheduler',
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    ...spec,
    tolerations: [
      ...(spec.tolerations ?? []),
      ...PATIENCE.filter(([key]) => !spec.tolerations?.some((one) => one.key === key)).map(
        ([key, tolerationSeconds]) => ({
          key,
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds,
        }),
      ),
    ],
    containers: spec.containers.map((container) => completeContainer(container)),
    ...(spec.initContainers && {
      initContainers: spec.initContainers.map((container) =>
        completeContainer(dialect.nativeSidecars ? container : withoutRestartPolicy(container)),
      ),
    }),
    ...(spec.volumes && {
      volumes: spec.volumes.map((volume) => ({
        ...volume,
        ...(volume.secret && { secret: { defaultMode: 0o644, ...volume.secret } }),
        ...(volume.configMap && { configMap: { defaultMode: 0o644, ...volume.configMap } }),
        ...(volume.projected && { projected: { defaultMode: 0o644, ...volume.projected } }),
      })),
    }),
  }
  return { ...pod, spec: completed, status: { phase: 'Pending', qosClass: qosClass(completed) } }
}

/** A server that does not know a field leaves it out. */
function withoutRestartPolicy({ restartPolicy: _unknown, ...container }: Container): Container {
  return container
}

function completeContainer(container: Container): Container {
  const { image = '', ports, resources = {} } = container
  return {
    imagePullPolicy: pullPolicyFor(image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...container,
    resources: completeResources(resources),
    ...(ports && { ports: ports.map((port) => ({ protocol: 'TCP', ...port })) }),
    ...(container.livenessProbe && { livenessProbe: completeProbe(container.livenessProbe) }),
    ...(container.readinessProbe && { readinessProbe: completeProbe(container.readinessProbe) }),
    ...(container.startupProbe && { startupProbe: completeProbe(container.startupProbe) }),
  } as Container
}

function pullPolicyFor(image: string): string {
  const name = image.split('/').at(-1) ?? ''
  if (name.includes('@')) return 'IfNotPresent'
  return /:(?!latest$)/.test(name) ? 'IfNotPresent' : 'Always'
}

/** What is limited and not requested is requested as limited. */
function completeResources(resources: NonNullable<Container['resources']>): object {
  const requests: Quantities = { ...resources.limits, ...resources.requests }
  return { ...resources, ...(Object.keys(requests).length > 0 && { requests }) }
}

function completeProbe(probe: Probe): Probe {
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...probe,
    ...(probe.httpGet && { httpGet: { path: '/', scheme: 'HTTP', ...probe.httpGet } }),
  }
}
