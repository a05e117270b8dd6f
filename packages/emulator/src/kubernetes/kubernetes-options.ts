import { randomBytes } from 'node:crypto'
import type { Taint } from './objects/objects.ts'
import type { Quantities } from './objects/pod.ts'

/** The cluster that is emulated. */
export interface KubernetesOptions {
  /** The namespaces that exist from the start, beside those that every cluster has: `default` and three of its own. Default: none. */
  readonly namespaces?: readonly string[] | undefined
  /** Default: one, `node-1`, with 8 processors and 32 GiB. */
  readonly nodes?: readonly EmulatedNode[] | undefined
  /** The administrator's. Default: made anew. */
  readonly token?: string | undefined
}

/** A node as it is asked for. */
export interface EmulatedNode {
  /** Default `node-1`, `node-2` … */
  readonly name?: string | undefined
  /** Whole processors. Default 8. */
  readonly cpu?: number | undefined
  /** Default 32. */
  readonly memoryInGiB?: number | undefined
  /** Beside those that every node has. A node labelled `cloud.google.com/gke-spot: 'true'` is one that a fault rule may take back. */
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly taints?: readonly Taint[] | undefined
}

export interface ClusterSettings {
  readonly namespaces: readonly string[]
  readonly nodes: readonly NodeSettings[]
  readonly token: string
}

export interface NodeSettings {
  readonly name: string
  readonly capacity: Quantities
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly Taint[]
}

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const OF_EVERY_CLUSTER = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** @throws RangeError */
export function clusterSettings(options: KubernetesOptions = {}): ClusterSettings {
  const { namespaces = [], nodes = [{}] } = options
  if (nodes.length === 0) throw new RangeError('kubernetes.nodes is empty; a cluster has one node at least')
  const settings = nodes.map(nodeSettings)
  for (const name of [...namespaces, ...settings.map((node) => node.name)])
    if (!NAME.test(name))
      throw new RangeError(
        `kubernetes: ${JSON.stringify(name)} is no name: lower-case letters, digits and hyphens, at most 63`,
      )
  return {
    namespaces: [...new Set([...OF_EVERY_CLUSTER, ...namespaces])],
    nodes: settings,
    token: options.token ?? randomBytes(24).toString('base64url'),
  }
}

function nodeSettings(node: EmulatedNode, index: number): NodeSettings {
  const { name = `node-${index + 1}`, cpu = 8, memoryInGiB = 32, labels = {}, taints = [] } = node
  if (!(cpu > 0 && memoryInGiB > 0))
    throw new RangeError(`kubernetes.nodes: ${name} has ${cpu} processors and ${memoryInGiB} GiB`)
  return {
    name,
    labels,
    taints,
    capacity: { cpu: String(cpu), memory: `${memoryInGiB * 1024 ** 2}Ki`, pods: '110' },
  }
}
