import { type ClaimedAddress, claimAddress } from '../../backend/process/claim-address.ts'
import type { KubernetesParts } from '../kubernetes-parts.ts'
import type { Service, ServicePort } from '../objects/objects.ts'
import type { Pod } from '../objects/pod.ts'
import type { PodController } from '../pod/pod-controller.ts'
import { type Connect, PortProxy } from './port-proxy.ts'
import { endpointsOf, targetPortOf, targetsOf } from './service-endpoints.ts'

/** What is open for one Service. */
interface Opened {
  readonly proxies: Map<string, PortProxy>
  /** The balancer's, once it has one. */
  balancer: ClaimedAddress | null
  isBalanced: boolean
  next: number
}

/** Has each Service lead to its Pods: the addresses that it is given answer, and its endpoints are told. */
export class ServiceController {
  readonly #parts: KubernetesParts
  readonly #pods: PodController
  readonly #opened = new Map<string, Opened>()
  #isClosed = false

  constructor(parts: KubernetesParts, pods: PodController) {
    this.#parts = parts
    this.#pods = pods
    const { store } = parts
    store.subscribe('services', ({ type, object }) => {
      if (type === 'DELETED') this.#forget(object)
      else this.#reconcile(object)
    })
    store.subscribe('pods', ({ object, before }) => {
      for (const service of store.list('services', object.metadata.namespace))
        if (isAbout(service, object) || (before && isAbout(service, before))) this.#reconcile(service)
    })
  }

  close(): void {
    this.#isClosed = true
    for (const uid of [...this.#opened.keys()]) this.#close(uid)
  }

  #reconcile(service: Service): void {
    if (this.#isClosed || !service.spec.selector) return
    const { store } = this.#parts
    const uid = service.metadata.uid ?? ''
    const opened = this.#opened.get(uid) ?? { proxies: new Map(), balancer: null, isBalanced: false, next: 0 }
    this.#opened.set(uid, opened)
    const targets = targetsOf(service, store)
    this.#writeEndpoints(service, targets)
    this.#lead(service, opened, targets.ready)
    if (service.spec.type === 'LoadBalancer' && !opened.isBalanced) {
      opened.isBalanced = true
      void this.#balance(service, opened).catch((error: unknown) => this.#tellFailure(service, error))
    }
  }

  #writeEndpoints(service: Service, targets: ReturnType<typeof targetsOf>): void {
    const { store } = this.#parts
    const { namespace, name } = service.metadata
    const endpoints = endpointsOf(service, targets)
    const before = store.get('endpoints', namespace, name)
    if (!before) store.add('endpoints', endpoints)
    else store.replace('endpoints', { ...endpoints, metadata: { ...before.metadata } })
  }

  /** Points every address of it at the Pods that are ready. */
  #lead(service: Service, opened: Opened, ready: readonly Pod[]): void {
    const { clusterIP } = service.spec
    const wanted = (service.spec.ports ?? [])
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
      .flatMap((port) => [
        ...(clusterIP && clusterIP !== 'None' ? [{ host: clusterIP, at: port.port, port }] : []),
        ...(opened.balancer ? [{ host: opened.balancer.host, at: port.port, port }] : []),
        ...(port.nodePort === undefined
          ? []
          : this.#parts.nodes.map(({ address }) => ({ host: address, at: port.nodePort ?? 0, port }))),
      ])
    const keys = new Set(wanted.map(({ host, at }) => `${host}:${at}`))
    for (const [key, proxy] of opened.proxies)
      if (!keys.has(key)) {
        proxy.close()
        opened.proxies.delete(key)
      }
    for (const { host, at, port } of wanted) {
      const proxy = opened.proxies.get(`${host}:${at}`) ?? new PortProxy(host, at)
      opened.proxies.set(`${host}:${at}`, proxy)
      const connect = ready.length === 0 ? null : this.#connectTo(ready, port, opened)
      proxy.lead(connect).catch((error: unknown) => this.#tellFailure(service, error))
    }
  }

  #connectTo(pods: readonly Pod[], port: ServicePort, opened: Opened): Connect {
    return async () => {
      const pod = pods[opened.next % pods.length] as Pod
      opened.next += 1
      const number = targetPortOf(port, pod)
      const sandbox = this.#pods.find(pod)?.sandbox
      if (!sandbox || number === undefined) throw new Error(`pod ${pod.metadata.name} serves no such port`)
      return await sandbox.connect(number)
    }
  }

  /** Makes a balancer with an address of its own. */
  async #balance(service: Service, opened: Opened): Promise<void> {
    const { world, dialect, store } = this.#parts
    this.#tell(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer')
    const [address] = await Promise.all([
      claimAddress(),
      world.time.pass(dialect.balancerAfterInMs, world.closing),
    ])
    const { namespace, name, uid } = service.metadata
    const current = store.get('services', namespace, name)
    if (this.#isClosed || current?.metadata.uid !== uid || current === undefined) {
      address.release()
      return
    }
    opened.balancer = address
    const ingress = [{ ip: address.host, ipMode: 'VIP' }]
    store.replace('services', { ...current, status: { loadBalancer: { ingress } } })
    this.#tell(current, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer')
  }

  #forget({ metadata }: Service): void {
    const { store } = this.#parts
    const endpoints = store.get('endpoints', metadata.namespace, metadata.name)
    if (endpoints) store.remove('endpoints', endpoints)
    this.#close(metadata.uid ?? '')
  }

  #close(uid: string): void {
    const opened = this.#opened.get(uid)
    if (!opened) return
    this.#opened.delete(uid)
    for (const proxy of opened.proxies.values()) proxy.close()
    opened.balancer?.release()
  }

  #tellFailure(service: Service, error: unknown): void {
    if (this.#isClosed) return
    const why = error instanceof Error ? error.message : String(error)
    this.#tell(service, 'Warning', 'SyncLoadBalancerFailed', `Error syncing load balancer: ${why}`)
  }

  #tell(service: Service, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const { events, world } = this.#parts
    events.tell(
      { kind: 'Service', apiVersion: 'v1', ...service },
      { type, reason, message },
      { component: 'service-controller', now: () => world.clocks.frontEnd.read() },
    )
  }
}

function isAbout({ spec }: Service, { metadata: { labels = {} } }: Pod): boolean {
  const selector = Object.entries(spec.selector ?? {})
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value)
}
