import type { Violations } from './find-violations.ts'
import type { ContainerBody, PodBody } from './pod-body.ts'
import { readQuantity } from './read-quantity.ts'

const CLASS = 'cloud.google.com/compute-class'
const GIB = 2 ** 30
const MIB = 2 ** 20
const MOST = { cpu: 30, memory: 110 * GIB }
/** How many GiB go with a vCPU. */
const RATIO = { least: 1, most: 6.5 }

interface Amounts {
  readonly cpu: number
  readonly memory: number
}

/** The requests of a general-purpose Pod as Autopilot makes them; Pods of other classes are left as they are. */
export function adjustResources(
  pod: PodBody,
  version: string,
): { readonly pod: PodBody; readonly violations: Violations } {
  const { nodeSelector = {}, initContainers = [] } = pod.spec
  if (CLASS in nodeSelector || nodeSelector['kubernetes.io/arch'] === 'arm64') return { pod, violations: {} }
  const filled = pod.spec.containers.map(withDefaults)
  const beside = initContainers.map((each) => (each.restartPolicy === 'Always' ? withDefaults(each) : each))
  const running = [...filled, ...beside.filter(({ restartPolicy }) => restartPolicy === 'Always')]
  const asked = sumOf(running)
  const fitted = fit(asked, version)
  const more = { cpu: fitted.cpu - asked.cpu, memory: fitted.memory - asked.memory }
  const [first, ...others] = filled
  if (first === undefined) return { pod, violations: {} }
  const containers = [enlarged(first, more), ...others]
  const changed = {
    ...pod,
    spec: { ...pod.spec, containers, ...(initContainers.length > 0 && { initContainers: beside }) },
  }
  const isSame = JSON.stringify(changed.spec) === JSON.stringify(pod.spec)
  return { pod: isSame ? pod : annotated(changed), violations: violationsOf(fitted) }
}

function fit(asked: Amounts, version: string): Amounts {
  const least = isBursting(version) ? { cpu: 0.05, memory: 52 * MIB } : { cpu: 0.25, memory: 512 * MIB }
  const memory = Math.max(asked.memory, least.memory)
  const cpu = Math.max(asked.cpu, least.cpu, memory / GIB / RATIO.most)
  const step = isBursting(version) ? 0.001 : 0.25
  const whole = Math.ceil(cpu / step - 1e-6) * step
  return { cpu: whole, memory: Math.max(memory, whole * RATIO.least * GIB) }
}

/** From 1.30.2 on. */
function isBursting(version: string): boolean {
  const [, minor = 0, patch = 0] = /^\d+\.(\d+)\.(\d+)/.exec(version)?.map(Number) ?? []
  return minor > 30 || (minor === 30 && patch >= 2)
}

function withDefaults(container: ContainerBody): ContainerBody {
  const { requests = {}, limits } = container.resources ?? {}
  // Where only a limit is set, Kubernetes takes it for the request.
  const cpu = requests.cpu ?? limits?.cpu ?? '500m'
  const memory = requests.memory ?? limits?.memory ?? '2Gi'
  return {
    ...container,
    resources: {
      ...container.resources,
      requests: { 'ephemeral-storage': '1Gi', ...requests, cpu, memory },
      ...(limits && { limits: { 'ephemeral-storage': '1Gi', ...limits } }),
    },
  }
}

/** What is added is added to the requests, and to limits that would be below them. */
function enlarged(container: ContainerBody, more: Amounts): ContainerBody {
  if (more.cpu < 0.0005 && more.memory < 1) return container
  const { requests = {}, limits } = container.resources ?? {}
  const cpu = `${Math.round((readQuantity(requests.cpu) + more.cpu) * 1_000)}m`
  const memory = String(Math.ceil(readQuantity(requests.memory) + more.memory))
  return {
    ...container,
    resources: {
      requests: { ...requests, cpu, memory },
      ...(limits && { limits: { ...limits, ...(limits.cpu && { cpu }), ...(limits.memory && { memory }) } }),
    },
  }
}

function sumOf(containers: readonly ContainerBody[]): Amounts {
  return containers.reduce<Amounts>(
    (sum, { resources: { requests = {} } = {} }) => ({
      cpu: sum.cpu + readQuantity(requests.cpu),
      memory: sum.memory + readQuantity(requests.memory),
    }),
    { cpu: 0, memory: 0 },
  )
}

function violationsOf({ cpu, memory }: Amounts): Violations {
  const words = [
    ...(cpu > MOST.cpu
      ? [`cpu requests '${cpu}' is higher than the Autopilot maximum of '${MOST.cpu}'.`]
      : []),
    ...(memory > MOST.memory
      ? [`memory requests '${memory}' is higher than the Autopilot maximum of '110Gi'.`]
      : []),
  ]
  return words.length === 0 ? {} : { '[denied by autogke-pod-limit-constraints]': words }
}

function annotated(pod: PodBody): PodBody {
  const annotations = {
    ...pod.metadata?.annotations,
    'autopilot.gke.io/resource-adjustment': '{"modified":true}',
  }
  return { ...pod, metadata: { ...pod.metadata, annotations } }
}
