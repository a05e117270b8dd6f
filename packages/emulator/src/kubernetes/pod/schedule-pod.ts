import type { ClusterNode, KubernetesParts } from '../kubernetes-parts.ts'
import type { Node, Taint } from '../objects/objects.ts'
import type { Pod, PodSpec, Requirement, Toleration } from '../objects/pod.ts'
import { parseQuantity } from './parse-quantity.ts'

/** Where a Pod goes, or why it goes nowhere. */
export type Placement = { readonly node: ClusterNode } | { readonly node: null; readonly message: string }

/** The node with the most room of those that fit. */
export function schedulePod(pod: Pod, parts: KubernetesParts): Placement {
  const { nodes, store, dialect } = parts
  const reasons = new Map<string, number>()
  const fitting: { readonly node: ClusterNode; readonly room: number }[] = []
  for (const node of nodes) {
    const object = store.get('nodes', undefined, node.name)
    const reason = object ? misfit(pod.spec, object, store.list('pods')) : 'node is gone'
    if (reason === null) fitting.push({ node, room: -podsOn(node.name, store.list('pods')).length })
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const [best] = fitting.sort((left, right) => right.room - left.room)
  if (best) return { node: best.node }
  const told = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ')
  const preemption =
    dialect.minorVersion >= 24
      ? ` preemption: 0/${nodes.length} nodes are available: ${nodes.length} No preemption victims found for incoming pod.`
      : ''
  return { node: null, message: `0/${nodes.length} nodes are available: ${told}.${preemption}` }
}

/** Why a Pod does not fit; null where it does. */
function misfit(spec: PodSpec, node: Node, pods: readonly Pod[]): string | null {
  const labels = node.metadata.labels ?? {}
  if (node.spec?.unschedulable) return 'node(s) were unschedulable'
  const taint = node.spec?.taints?.find(
    (one) => one.effect !== 'PreferNoSchedule' && !isTolerated(one, spec.tolerations ?? []),
  )
  if (taint) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`
  if (!isSelected(spec, labels, node.metadata.name))
    return "node(s) didn't match Pod's node affinity/selector"
  const there = podsOn(node.metadata.name, pods)
  const { cpu = 0, memory = 0, pods: most = 110 } = node.status?.allocatable ?? {}
  if (there.length >= Number(most)) return 'Too many pods'
  for (const [name, limit] of [
    ['cpu', cpu],
    ['memory', memory],
  ] as const) {
    const used = there.reduce((sum, pod) => sum + requestOf(pod.spec, name), 0)
    const asked = requestOf(spec, name)
    if (asked > 0 && used + asked > (parseQuantity(limit) ?? 0) + 1e-9) return `Insufficient ${name}`
  }
  return null
}

function podsOn(node: string, pods: readonly Pod[]): readonly Pod[] {
  return pods.filter(
    ({ spec, status }) =>
      spec.nodeName === node && status?.phase !== 'Succeeded' && status?.phase !== 'Failed',
  )
}

/** The containers together, or the greediest init container. */
function requestOf({ containers, initContainers = [] }: PodSpec, name: string): number {
  const of = ({ resources }: PodSpec['containers'][number]) =>
    parseQuantity(resources?.requests?.[name] ?? 0) ?? 0
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')
  const together = [...containers, ...sidecars].reduce((sum, container) => sum + of(container), 0)
  return Math.max(together, ...initContainers.map(of))
}

function isTolerated({ key, value = '', effect }: Taint, tolerations: readonly Toleration[]): boolean {
  return tolerations.some(
    (one) =>
      (one.effect === undefined || one.effect === '' || one.effect === effect) &&
      (one.operator === 'Exists'
        ? one.key === undefined || one.key === '' || one.key === key
        : one.key === key && (one.value ?? '') === value),
  )
}

function isSelected(spec: PodSpec, labels: Readonly<Record<string, string>>, name: string): boolean {
  const wanted = Object.entries(spec.nodeSelector ?? {})
  if (!wanted.every(([key, value]) => labels[key] === value)) return false
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (terms === undefined) return true
  return terms.some(
    ({ matchExpressions = [], matchFields = [] }) =>
      matchExpressions.length + matchFields.length > 0 &&
      matchExpressions.every((requirement) => fits(requirement, labels[requirement.key])) &&
      matchFields.every((requirement) => fits(requirement, name)),
  )
}

function fits({ operator, values = [] }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return Number(value) > Number(values[0])
    case 'Lt':
      return Number(value) < Number(values[0])
    default:
      return false
  }
}
