import { toSecond } from '../cluster-time.ts'
import type { ClusterNode, KubernetesParts } from '../kubernetes-parts.ts'
import type { Pod } from '../objects/pod.ts'
import { type ContainerEventReason, gradeOf } from './container-events.ts'
import type { ContainerLife } from './container-life.ts'
import { PodConditions } from './pod-conditions.ts'
import { renderPodStatus } from './render-pod-status.ts'

/** What there is to tell of a Pod. */
export interface PodReport {
  readonly containers: readonly ContainerLife[]
  /** Of its sandbox; null while there is none. */
  readonly address: string | null
  /** Why its node has ended it. */
  readonly failure: { readonly reason: string; readonly message: string } | null
}

/** Tells the API server how a Pod is, and what happens to it, as its node does. */
export class PodReporter {
  readonly #parts: KubernetesParts
  readonly #node: ClusterNode
  readonly #first: Pod
  readonly #report: () => PodReport
  readonly #conditions: PodConditions
  readonly #startTime: string
  #timer: NodeJS.Timeout | undefined
  #isHeld = false

  /** `pod` is the Pod as the node first sees it. */
  constructor(parts: KubernetesParts, node: ClusterNode, pod: Pod, report: () => PodReport) {
    this.#parts = parts
    this.#node = node
    this.#first = pod
    this.#report = report
    this.#conditions = new PodConditions(pod.status?.conditions)
    this.#startTime = toSecond(node.clock.read())
  }

  /** Tells how it is, as soon as a node would see it. */
  publish(): void {
    const { dialect, world } = this.#parts
    if (dialect.statusAfterInMs === 0) {
      this.publishNow()
      return
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.publishNow()
    }, world.time.toReal(dialect.statusAfterInMs))
  }

  /** Tells nothing of how it is while its node is about to start containers, which it tells of together. */
  async holding(work: () => Promise<void>): Promise<void> {
    this.#isHeld = true
    try {
      await work()
    } finally {
      this.#isHeld = false
      this.publish()
    }
  }

  publishNow(): void {
    const current = this.#current()
    if (!current || this.#isHeld) return
    const { dialect, store } = this.#parts
    const { containers, address, failure } = this.#report()
    const hasStarted = containers.some(({ state, lastState }) => !state.waiting || lastState.terminated)
    const isTold = dialect.addressShown === 'sandbox' || hasStarted
    const status = renderPodStatus({
      spec: current.spec,
      conditions: this.#conditions,
      containers: containers.filter(({ role }) => role === 'main').map((one) => one.status()),
      initContainers: containers.filter(({ role }) => role !== 'main').map((one) => one.status()),
      failure,
      hostIP: this.#node.address,
      podIP: isTold ? address : null,
      hasSandbox: address !== null,
      tellsSandbox: dialect.sandboxCondition,
      startTime: this.#startTime,
      qosClass: current.status?.qosClass,
      now: this.#node.clock.read(),
    })
    store.replace('pods', { ...current, status })
  }

  tell(reason: string, message: string, fieldPath?: string): void {
    const pod = this.#current()
    if (!pod) return
    const { name, clock } = this.#node
    const type = gradeOf(reason as ContainerEventReason, message)
    this.#parts.events.tell(
      { kind: 'Pod', apiVersion: 'v1', ...pod },
      { type, reason, message, fieldPath },
      { component: 'kubelet', host: name, now: () => clock.read() },
    )
  }

  /** Tells nothing more. */
  close(): void {
    clearTimeout(this.#timer)
  }

  /** As the cluster has it now; undefined where it has another, or none. */
  #current(): Pod | undefined {
    const { namespace, name, uid } = this.#first.metadata
    const found = this.#parts.store.get('pods', namespace, name)
    return found?.metadata.uid === uid ? found : undefined
  }
}
