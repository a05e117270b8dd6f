import type { FaultEffect } from '../../fault/fault-rule.ts'
import { findFault } from '../../fault/find-fault.ts'
import { toSecond } from '../cluster-time.ts'
import type { ClusterNode, KubernetesParts } from '../kubernetes-parts.ts'
import type { Pod } from '../objects/pod.ts'
import { schedulePod } from './schedule-pod.ts'

/** How often one that goes nowhere is looked at again, beside whenever something changes. */
const RETRY_IN_MS = 5_000

/** Finds a node, however long that takes, and binds the Pod to it. Rejects with the signal's reason. */
export async function placePod(
  pod: Pod,
  parts: KubernetesParts,
  effects: readonly FaultEffect[],
  signal: AbortSignal,
): Promise<ClusterNode> {
  const { store, world, events, nodes } = parts
  const { namespace, name, uid } = pod.metadata
  const { frontEnd } = world.clocks
  const scheduler = { component: 'default-scheduler', now: () => frontEnd.read() } as const
  const isFull = findFault(effects, 'capacity')?.when === 'afterwards'
  if (findFault(effects, 'stuck')) await world.time.pass(Number.POSITIVE_INFINITY, signal)
  for (;;) {
    signal.throwIfAborted()
    const current = store.get('pods', namespace, name)
    if (current?.metadata.uid !== uid || current === undefined) throw new Error(`pod ${name} is gone`)
    const about = { kind: 'Pod', apiVersion: 'v1', ...current }
    const placement = isFull ? noRoom(nodes.length) : schedulePod(current, parts)
    if (placement.node) {
      bind(current, placement.node, parts)
      const message = `Successfully assigned ${namespace}/${name} to ${placement.node.name}`
      events.tell(about, { type: 'Normal', reason: 'Scheduled', message }, scheduler)
      return placement.node
    }
    const { message } = placement
    const before = current.status?.conditions?.find(({ type }) => type === 'PodScheduled')
    if (before?.message !== message) {
      const condition = {
        type: 'PodScheduled',
        status: 'False',
        lastProbeTime: null,
        lastTransitionTime: before?.lastTransitionTime ?? toSecond(frontEnd.read()),
        reason: 'Unschedulable',
        message,
      }
      store.replace('pods', { ...current, status: { ...current.status, conditions: [condition] } })
    }
    events.tell(about, { type: 'Warning', reason: 'FailedScheduling', message }, scheduler)
    await changed(parts, signal)
  }
}

function noRoom(count: number): { readonly node: null; readonly message: string } {
  return { node: null, message: `0/${count} nodes are available: ${count} Insufficient cpu.` }
}

/** The API server writes down when a Pod was bound. */
function bind(pod: Pod, node: ClusterNode, { store, world }: KubernetesParts): void {
  const condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: toSecond(world.clocks.frontEnd.read()),
  }
  store.replace('pods', {
    ...pod,
    spec: { ...pod.spec, nodeName: node.name },
    status: { ...pod.status, conditions: [condition] },
  })
}

/** Waits until a Pod or node may have made room. */
async function changed({ store, world }: KubernetesParts, signal: AbortSignal): Promise<void> {
  const woken = new AbortController()
  const wake = () => woken.abort()
  const unsubscribe = [
    store.subscribe('pods', ({ type }) => type === 'DELETED' && wake()),
    store.subscribe('nodes', wake),
  ]
  try {
    await world.time
      .pass(RETRY_IN_MS, AbortSignal.any([signal, woken.signal]))
      .catch(() => signal.throwIfAborted())
  } finally {
    for (const leave of unsubscribe) leave()
  }
}
