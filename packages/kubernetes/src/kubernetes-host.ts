import { EventEmitter } from 'node:events'
import type { Address, Exposure } from '@berth/core'
import type { ClusterAccess } from './cluster/cluster-access.ts'
import { ClusterClient } from './cluster/cluster-client.ts'
import { endpointAccess } from './cluster/endpoint-access.ts'
import type { Pod } from './cluster/pod.ts'
import type { PortForwarder } from './cluster/port-forwarder.ts'
import { readKubeconfig } from './cluster/read-kubeconfig.ts'
import type { KubernetesFlavour } from './kubernetes-flavour.ts'
import type { KubernetesOptions } from './kubernetes-options.ts'
import type { LocalPorts } from './local-ports.ts'

const DEFAULT_NAMESPACE = 'default'
/** From here on API servers translate WebSockets for nodes that know none. */
const WEB_SOCKETS_SINCE = 30
const UNSCHEDULABLE_AFTER_MS = 60_000

/** A namespace of a cluster, with what this process knows of its runs there: what every verb works with. */
export interface KubernetesHost {
  readonly flavour: KubernetesFlavour
  readonly client: ClusterClient
  /** Where it is; found at the first call. */
  access(): Promise<ClusterAccess>
  namespace(): Promise<string>
  /** The path of the namespace's objects of a kind: `/api/v1/namespaces/default/pods`. */
  path(kind: 'pods' | 'secrets' | 'services' | 'events', name?: string): Promise<string>
  /** Who may reach a run whose spec does not say. */
  exposure(): Promise<Exposure>
  /** The cluster's minor version: 33 of 1.33. Asked for once. */
  minorVersion(signal: AbortSignal): Promise<number>
  /** Whether a command's input can be ended over a WebSocket. */
  takesWebSockets(signal: AbortSignal): Promise<boolean>
  /** The runs that this process has made, found or asked about. What a watch tells of others is nobody's here. */
  readonly views: Map<string, PodView>
  /** Tells the ref of a run of which something newer is known. */
  readonly changes: EventEmitter<{ pod: [ref: string] }>
  /** How many watches are open: while there is one, `views` is as new as can be. */
  watches: number
  /** The version from which on the newest of them tells all changes: of an object that is older some may have been missed. */
  watchedFrom: number
  /** Connections to the nodes of runs whose ports are forwarded. */
  readonly forwarders: Map<string, PortForwarder>
  /** Ports of this machine that lead to runs with `expose: 'local'`. */
  readonly localPorts: Map<string, Promise<LocalPorts>>
  /** Runs that are being removed: nothing is to be done for them any more. */
  readonly removing: Set<string>
  /** Runs whose main container has ended while others run: being stopped. */
  readonly ending: Set<string>
  readonly unschedulableAfterMs: number
}

/** What is known of one run. */
export interface PodView {
  /** The newest that was seen; undefined while it is being made, null when it is gone. */
  pod: Pod | null | undefined
  /** What was last told of why it does not start: events are asked for when that changes. */
  situation: string | undefined
  /** How many pulls that failed were seen, and what was said of the last. */
  failedPulls: number
  pullWords: string | undefined
  /** Since when there is no place for it, on the monotonic clock. */
  unplacedSince: number | undefined
  /** Containers that their health check has found well. */
  readonly healthy: Set<string>
  /** Where it is reached from outside the cluster's network, where it is and that is known. */
  outsideAddresses: readonly Address[]
}

export function kubernetesHost(options: KubernetesOptions, flavour: KubernetesFlavour): KubernetesHost {
  const access = once(async () => {
    if (options.cluster !== undefined) return endpointAccess(await options.cluster())
    return await readKubeconfig(options)
  })
  const client = new ClusterClient(access)
  const namespace = async () => options.namespace ?? (await access()).namespace ?? DEFAULT_NAMESPACE
  let version: Promise<number> | undefined
  const minorVersion = (signal: AbortSignal): Promise<number> => {
    version ??= client
      .call<{ readonly minor?: string }>({ method: 'GET', path: '/version', signal })
      .then(({ minor = '' }) => Number.parseInt(minor, 10) || 0)
      .catch((error: unknown) => {
        version = undefined
        throw error
      })
    return version
  }
  return {
    flavour,
    client,
    access,
    namespace,
    path: async (kind, name) => {
      const all = `/api/v1/namespaces/${await namespace()}/${kind}`
      return name === undefined ? all : `${all}/${encodeURIComponent(name)}`
    },
    exposure: async () => options.expose ?? ((await access()).isInside ? 'private' : 'local'),
    minorVersion,
    takesWebSockets: async (signal) => (await minorVersion(signal)) >= WEB_SOCKETS_SINCE,
    views: new Map(),
    changes: new EventEmitter<{ pod: [ref: string] }>().setMaxListeners(0),
    watches: 0,
    watchedFrom: 0,
    forwarders: new Map(),
    localPorts: new Map(),
    removing: new Set(),
    ending: new Set(),
    unschedulableAfterMs: options.unschedulableAfterMs ?? UNSCHEDULABLE_AFTER_MS,
  }
}

/** What is known of a run of which nothing is known. */
export function emptyView(): PodView {
  return {
    pod: undefined,
    situation: undefined,
    failedPulls: 0,
    pullWords: undefined,
    unplacedSince: undefined,
    healthy: new Set(),
    outsideAddresses: [],
  }
}

/** The view of a run, made where there is none. */
export function viewOf(host: KubernetesHost, ref: string): PodView {
  const view = host.views.get(ref) ?? emptyView()
  host.views.set(ref, view)
  return view
}

/** Ends what this process has open for a run, or for all. */
export function letGoOf(
  host: KubernetesHost,
  refs: Iterable<string> = [...host.forwarders.keys(), ...host.localPorts.keys()],
): void {
  for (const ref of refs) {
    host.forwarders.get(ref)?.close()
    host.forwarders.delete(ref)
    host.localPorts
      .get(ref)
      ?.then((ports) => ports.close())
      .catch(() => {})
    host.localPorts.delete(ref)
  }
}

/** Does it once, and again only after it failed. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined
      throw error
    })
    return result
  }
}
