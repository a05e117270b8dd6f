import type { CallContext, WatchMessage } from '@berth/core'
import { ClusterError } from './cluster/cluster-error.ts'
import type { ObjectList } from './cluster/metadata.ts'
import type { Pod } from './cluster/pod.ts'
import { type ObjectChange, watchObjects } from './cluster/watch-objects.ts'
import { call, getPod, listPods, tellAnswer } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { RUN_LABEL } from './kubernetes-tags.ts'
import { awaitsService, learnOutsideAddresses } from './learn-outside-addresses.ts'
import { mapKubernetesError } from './map-kubernetes-error.ts'
import { goneState } from './map-kubernetes-state.ts'
import { MessageQueue } from './message-queue.ts'
import { observeEvents, observePod, wantsEvents } from './observe-pod.ts'
import { forgetPod, isUnschedulable } from './remember-pod.ts'

/** An autoscaler's word comes seconds after the scheduler's. */
const LOOK_FOR_A_PLACE_EVERY_MS = 5_000
const LOOK_FOR_AN_ADDRESS_EVERY_MS = 1_000
const GONE = 410

/**
 * The states of the runs that this process knows as they change, by one watch of the namespace. It is resumed where it was cut; where the server
 * no longer knows what has been since, all are listed anew.
 */
export async function* watchPods(host: KubernetesHost, context: CallContext): AsyncGenerator<WatchMessage> {
  const ended = new AbortController()
  const signal = AbortSignal.any([context.signal, ended.signal])
  const queue = new MessageQueue<WatchMessage>()
  const watch = new PodWatch(host, { ...context, signal }, queue)
  host.watches += 1
  watch.run().catch((error: unknown) => queue.fail(error))
  try {
    yield* queue
  } catch (error) {
    throw context.signal.aborted ? context.signal.reason : mapKubernetesError(error)
  } finally {
    host.watches -= 1
    ended.abort()
  }
}

class PodWatch {
  readonly #host: KubernetesHost
  readonly #context: CallContext
  readonly #queue: MessageQueue<WatchMessage>
  /** Runs that are looked at again after a while. */
  readonly #looking = new Set<string>()

  constructor(host: KubernetesHost, context: CallContext, queue: MessageQueue<WatchMessage>) {
    this.#host = host
    this.#context = context
    this.#queue = queue
  }

  async run(): Promise<never> {
    let resourceVersion = await this.#newestVersion()
    this.#askOlder(Number(resourceVersion))
    let isConnected = false
    for (;;) {
      try {
        for await (const change of await this.#open(resourceVersion)) {
          if (change.kind !== 'connected') this.#take(change)
          else if (!isConnected) {
            isConnected = true
            this.#queue.push({ kind: 'connected' })
          }
        }
      } catch (error) {
        if (!ClusterError.isInstance(error) || error.status !== GONE) throw error
        resourceVersion = await this.#listAnew()
        isConnected = true
      }
    }
  }

  async #open(resourceVersion: string): Promise<AsyncGenerator<ObjectChange<Pod>>> {
    return watchObjects<Pod>(this.#host.client, {
      path: await this.#host.path('pods'),
      labelSelector: RUN_LABEL,
      resourceVersion,
      signal: this.#context.signal,
      onAnswer: (answer) => tellAnswer(this.#context, answer),
    })
  }

  /** What was made while the watch was being opened may have changed before it: that is asked for. */
  #askOlder(version: number): void {
    this.#host.watchedFrom = version
    for (const [ref, { pod }] of this.#host.views) {
      if (pod && Number(pod.metadata.resourceVersion) < version) void this.#ask(ref)
    }
  }

  async #ask(ref: string): Promise<void> {
    try {
      const answer = await getPod(this.#host, ref, this.#context)
      if (answer === null) forgetPod(this.#host, ref)
      const observation = answer
        ? observePod(this.#host, ref, answer.object, answer.receivedAt)
        : goneState(ref)
      this.#queue.push({ kind: 'observation', observation })
    } catch {
      // Whoever waits for it asks again; the watch itself goes on.
    }
  }

  /** From here on nothing is missed. */
  async #newestVersion(): Promise<string> {
    const { object } = await call<ObjectList<Pod>>(this.#host, this.#context, {
      method: 'GET',
      path: await this.#host.path('pods'),
      query: { labelSelector: RUN_LABEL, limit: '1' },
    })
    return object.metadata.resourceVersion
  }

  /** A whole new picture. A Pod of the same name that is another has taken the place of one that is gone. */
  async #listAnew(): Promise<string> {
    const { object, receivedAt } = await listPods(this.#host, RUN_LABEL, this.#context)
    const known = (object.items ?? []).filter(({ metadata }) => this.#host.views.has(metadata.name))
    for (const { metadata } of known) {
      const before = this.#host.views.get(metadata.name)?.pod
      if (before && before.metadata.uid !== metadata.uid) {
        this.#queue.push({ kind: 'observation', observation: goneState(metadata.name) })
      }
    }
    const observations = known.map((pod) => observePod(this.#host, pod.metadata.name, pod, receivedAt))
    this.#queue.push({ kind: 'resync', observations })
    return object.metadata.resourceVersion
  }

  #take({ kind, object: pod }: Exclude<ObjectChange<Pod>, { kind: 'connected' }>): void {
    const ref = pod.metadata.name
    const view = this.#host.views.get(ref)
    if (view === undefined) return
    const isOther = view.pod ? view.pod.metadata.uid !== pod.metadata.uid : false
    if (kind === 'deleted' && isOther) return
    // Its last state comes with its end.
    const observation = observePod(this.#host, ref, pod, performance.now())
    this.#queue.push({ kind: 'observation', observation })
    if (kind === 'deleted') {
      forgetPod(this.#host, ref)
      this.#queue.push({ kind: 'observation', observation: goneState(ref) })
      return
    }
    if (wantsEvents(this.#host, ref, pod)) void this.#tellEvents(ref, pod)
    this.#lookAgain(ref)
  }

  async #tellEvents(ref: string, pod: Pod): Promise<void> {
    try {
      const observation = await observeEvents(this.#host, ref, pod, this.#context)
      if (this.#host.views.get(ref)?.pod) this.#queue.push({ kind: 'observation', observation })
    } catch {
      // Whatever changes next asks again.
      const view = this.#host.views.get(ref)
      if (view) view.situation = undefined
    }
  }

  /** What no change of the Pod tells: that an autoscaler has given it up, or where its Service is. */
  #lookAgain(ref: string): void {
    const pod = this.#host.views.get(ref)?.pod
    if (!pod || this.#looking.has(ref)) return
    const isUnplaced = isUnschedulable(pod)
    if (!isUnplaced && !awaitsService(this.#host, ref, pod)) return
    this.#looking.add(ref)
    const inMs = isUnplaced ? LOOK_FOR_A_PLACE_EVERY_MS : LOOK_FOR_AN_ADDRESS_EVERY_MS
    setTimeout(() => {
      this.#looking.delete(ref)
      if (!this.#context.signal.aborted) void this.#look(ref, pod)
    }, inMs).unref()
  }

  async #look(ref: string, pod: Pod): Promise<void> {
    if (isUnschedulable(pod)) await this.#tellEvents(ref, pod)
    else {
      const isKnown = await learnOutsideAddresses(this.#host, ref, pod, this.#context).catch(() => false)
      const current = this.#host.views.get(ref)?.pod
      if (isKnown && current) {
        const observation = observePod(this.#host, ref, current, performance.now())
        this.#queue.push({ kind: 'observation', observation })
      }
    }
    this.#lookAgain(ref)
  }
}
