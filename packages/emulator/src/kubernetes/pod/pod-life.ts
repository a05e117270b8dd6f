import type { Pod as Sandbox } from '../../backend/backend.ts'
import type { FaultEffect } from '../../fault/fault-rule.ts'
import { findFault } from '../../fault/find-fault.ts'
import { toSecond } from '../cluster-time.ts'
import type { ClusterNode } from '../kubernetes-parts.ts'
import type { Container, Pod } from '../objects/pod.ts'
import { removeObject } from '../rest/remove-object.ts'
import type { RestParts } from '../rest/rest-parts.ts'
import { type ContainerEventReason, gradeOf } from './container-events.ts'
import { ContainerLife } from './container-life.ts'
import { convertToPod } from './convert-to-pod.ts'
import { drawDurations } from './draw-durations.ts'
import { graceInMs } from './grace.ts'
import { ImagePuller } from './image-puller.ts'
import { placePod } from './place-pod.ts'
import { PodConditions } from './pod-conditions.ts'
import { renderPodStatus } from './render-pod-status.ts'
import { resolveVolumes, VolumeError } from './resolve-volumes.ts'

/** How much of the time until the pull goes by before a node is found. */
const SCHEDULING_SHARE = 0.8
const MOUNT_RETRY_IN_MS = 500
const LONGEST_MOUNT_RETRY_IN_MS = 122_000

/** A Pod from its scheduling to its end, as its node sees it. */
export class PodLife {
  readonly uid: string
  readonly #parts: RestParts
  readonly #key: { readonly namespace: string | undefined; readonly name: string }
  readonly #effects: readonly FaultEffect[]
  /** Ends when its containers are to end. */
  readonly #ending = new AbortController()
  /** Ends when the cluster has nothing of it any more. */
  readonly #gone = new AbortController()
  readonly #signal: AbortSignal
  #latest: Pod
  #node: ClusterNode | null = null
  #sandbox: Sandbox | null = null
  #sandboxMade: Promise<Sandbox> | null = null
  #containers: readonly ContainerLife[] = []
  #conditions = new PodConditions()
  #startTime = ''
  #failure: { readonly reason: string; readonly message: string } | null = null
  #graceInSeconds = 30
  #regrace = () => {}
  #publishing: NodeJS.Timeout | undefined
  #runs: Promise<unknown>[] = []
  #done: Promise<void> = Promise.resolve()

  constructor(parts: RestParts, pod: Pod, effects: readonly FaultEffect[]) {
    this.#parts = parts
    this.#latest = pod
    this.#effects = effects
    this.uid = pod.metadata.uid ?? ''
    this.#key = { namespace: pod.metadata.namespace, name: pod.metadata.name }
    this.#signal = AbortSignal.any([this.#ending.signal, parts.world.closing])
  }

  /** Its sandbox, once there is one. */
  get sandbox(): Sandbox | null {
    return this.#sandbox
  }

  container(name: string): ContainerLife | undefined {
    return this.#containers.find((one) => one.name === name)
  }

  begin(): void {
    this.#done = this.#live().catch((error: unknown) => {
      if (!this.#parts.world.closing.aborted) console.error('berth emulator:', error)
    })
  }

  /** It is to end, with so much grace; called again where that is shortened. */
  terminate(graceInSeconds: number): void {
    this.#graceInSeconds = graceInSeconds
    this.#ending.abort(new Error('the Pod is deleted'))
    this.#regrace()
  }

  /** The cluster has forgotten it: whatever still runs of it ends at once. */
  abandon(): void {
    this.#gone.abort(new Error('the Pod is gone'))
    this.#ending.abort(new Error('the Pod is gone'))
  }

  /** Ends it without any grace, as the emulator closes; resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    clearTimeout(this.#publishing)
    await (await this.#sandboxMade?.catch(() => null))?.remove()
    await this.#done
  }

  async #live(): Promise<void> {
    const run = this.#track(this.#run())
    try {
      await Promise.race([run, aborted(this.#signal)])
    } catch (error) {
      if (!this.#signal.aborted) throw error
    }
    // Nothing of it is started any more; sidecars still run.
    this.#ending.abort(new Error('its containers have ended'))
    if (!this.#parts.world.closing.aborted) await this.#end()
    const sandbox = await this.#sandboxMade?.catch(() => null)
    await sandbox?.remove()
  }

  /** Brings it up; resolves when it has ended by itself. */
  async #run(): Promise<void> {
    const { world } = this.#parts
    const durations = drawDurations(world, this.#latest)
    await world.time.pass(durations.placing * SCHEDULING_SHARE, this.#signal)
    const node = await placePod(this.#latest, this.#parts, this.#effects, this.#signal)
    this.#node = node
    this.#begun(node)
    const [sandbox] = await Promise.all([
      this.#makeSandbox(),
      world.time.pass(durations.placing * (1 - SCHEDULING_SHARE), this.#signal),
    ])
    this.#sandbox = sandbox
    this.#publish()
    void this.#interrupt(node)
    await this.#runContainers(sandbox)
  }

  /** The node has seen it. */
  #begun(node: ClusterNode): void {
    const { spec, status } = this.#current() ?? this.#latest
    this.#conditions = new PodConditions(status?.conditions)
    this.#startTime = toSecond(node.clock.read())
    const inits = spec.initContainers ?? []
    const waiting = inits.length > 0 ? 'PodInitializing' : 'ContainerCreating'
    this.#containers = [
      ...inits.map((body) =>
        this.#containerLife(
          body,
          body.restartPolicy === 'Always' ? 'sidecar' : 'init',
          'PodInitializing',
          node,
        ),
      ),
      ...spec.containers.map((body) => this.#containerLife(body, 'main', waiting, node)),
    ]
    this.#publish()
    void this.#awaitDeadline(spec.activeDeadlineSeconds)
  }

  #containerLife(
    body: Container,
    role: ContainerLife['role'],
    waitingReason: string,
    node: ClusterNode,
  ): ContainerLife {
    const { restartPolicy } = this.#latest.spec
    const fieldPath = `spec.${role === 'main' ? 'containers' : 'initContainers'}{${body.name}}`
    return new ContainerLife(
      {
        parts: this.#parts,
        node,
        body,
        role,
        pod: () => this.#current() ?? this.#latest,
        puller: new ImagePuller(this.#parts, node, this.#latest, this.#effects),
        events: { tell: (reason, message) => this.#tell(reason, message, fieldPath) },
        durations: drawDurations(this.#parts.world, this.#latest, body),
        isRestarted: (exitCode) => {
          if (role === 'sidecar') return true
          if (role === 'init') return restartPolicy !== 'Never' && exitCode !== 0
          return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0)
        },
        onChange: () => this.#publish(),
      },
      waitingReason,
    )
  }

  async #makeSandbox(): Promise<Sandbox> {
    const { world, store } = this.#parts
    for (let waitInMs = MOUNT_RETRY_IN_MS; ; waitInMs = Math.min(LONGEST_MOUNT_RETRY_IN_MS, waitInMs * 2)) {
      try {
        const volumes = resolveVolumes(this.#current() ?? this.#latest, store)
        this.#sandboxMade = world.backend.createPod(convertToPod(this.#latest, volumes))
        const sandbox = await this.#sandboxMade
        this.#signal.throwIfAborted()
        return sandbox
      } catch (error) {
        if (!(error instanceof VolumeError)) throw error
        this.#tell('FailedMount', error.message)
        await world.time.pass(waitInMs, this.#signal)
      }
    }
  }

  /** Init containers one after another, each sidecar as soon as its turn comes, then all others. */
  async #runContainers(sandbox: Sandbox): Promise<void> {
    for (const container of this.#containers) {
      if (container.role === 'main') continue
      const run = this.#track(container.run(sandbox, this.#signal))
      if (container.role === 'sidecar') {
        await Promise.race([container.wasStarted.promise, run])
        continue
      }
      const { exitCode } = await run
      // Its restart policy does not start it again: the Pod has failed.
      if (exitCode !== 0) return
    }
    const runs: Promise<unknown>[] = []
    for (const container of this.#containers) {
      if (container.role !== 'main') continue
      runs.push(this.#track(container.run(sandbox, this.#signal)))
      // A node makes one after another, and does not wait for any that is in trouble.
      await Promise.race([container.tried.promise, aborted(this.#signal)])
    }
    await Promise.all(runs)
  }

  #track<T>(run: Promise<T>): Promise<T> {
    run.catch(() => {})
    this.#runs.push(run)
    return run
  }

  async #stop(sandbox: Sandbox, containers: readonly ContainerLife[], oneByOne: boolean): Promise<void> {
    const { time } = this.#parts.world
    const stop = async (container: ContainerLife) => {
      if (!container.isRunning) return
      this.#tell(
        'Killing',
        `Stopping container ${container.name}`,
        `spec.${container.role === 'main' ? 'containers' : 'initContainers'}{${container.name}}`,
      )
      const end = sandbox.stop(container.name, graceInMs(this.#graceInSeconds, time))
      // Where the grace is shortened meanwhile, it is what is left of the shorter one.
      const shortened = new Promise<void>((resolve) => {
        const before = this.#regrace
        this.#regrace = () => {
          before()
          resolve()
        }
      })
      await Promise.race([end, shortened])
      await Promise.all([end, sandbox.stop(container.name, graceInMs(this.#graceInSeconds, time))])
    }
    if (oneByOne) for (const container of containers) await stop(container)
    else await Promise.all(containers.map(stop))
  }

  /** Ends it: its containers, then what the node holds of it, and at last the object. */
  async #end(): Promise<void> {
    const { world } = this.#parts
    const sandbox = await this.#sandboxMade?.catch(() => null)
    if (sandbox && !this.#gone.signal.aborted) {
      const [mains, sidecars] = [
        this.#containers.filter(({ role }) => role !== 'sidecar'),
        this.#containers.filter(({ role }) => role === 'sidecar').reverse(),
      ]
      await Promise.race([
        this.#stop(sandbox, mains, false).then(() => this.#stop(sandbox, sidecars, true)),
        resolvedWhen(this.#gone.signal),
      ])
    }
    if (this.#gone.signal.aborted) return
    await Promise.allSettled(this.#runs)
    this.#publishNow()
    const current = this.#current()
    if (!current?.metadata.deletionTimestamp) {
      // It has ended by itself, or by its deadline, and is kept until somebody deletes it.
      await Promise.race([resolvedWhen(this.#gone.signal), resolvedWhen(world.closing)])
      return
    }
    const { removing } = drawDurations(world, current)
    await Promise.all([sandbox?.remove(), world.time.pass(removing, world.closing).catch(() => {})])
    const last = this.#current()
    if (last && !this.#gone.signal.aborted) removeObject(this.#parts, 'pods', last, 0)
  }

  async #awaitDeadline(seconds: number | undefined): Promise<void> {
    if (seconds === undefined) return
    const { time } = this.#parts.world
    await time.pass(seconds * 1_000, this.#signal).catch(() => {})
    if (this.#signal.aborted) return
    this.#fail('DeadlineExceeded', 'Pod was active on the node longer than the specified deadline')
  }

  /** Takes a node's capacity back, where a fault rule says so. */
  async #interrupt(node: ClusterNode): Promise<void> {
    const fault = findFault(this.#effects, 'interruption')
    if (!fault || node.labels[SPOT] !== 'true') return
    await this.#parts.world.time.pass(fault.afterInMs, this.#signal).catch(() => {})
    if (!this.#signal.aborted)
      this.#fail('Terminated', 'Pod was terminated in response to imminent node shutdown.')
  }

  #fail(reason: string, message: string): void {
    this.#failure = { reason, message }
    this.#graceInSeconds = this.#latest.spec.terminationGracePeriodSeconds ?? 30
    this.#tell(reason, message)
    this.#publish()
    this.#ending.abort(new Error(message))
  }

  #tell(reason: string, message: string, fieldPath?: string): void {
    const pod = this.#current()
    const node = this.#node
    if (!pod || !node) return
    const type = gradeOf(reason as ContainerEventReason, message)
    this.#parts.events.tell(
      { kind: 'Pod', apiVersion: 'v1', ...pod },
      { type, reason, message, fieldPath },
      { component: 'kubelet', host: node.name, now: () => node.clock.read() },
    )
  }

  /** Tells how it is, as soon as a node would see it. */
  #publish(): void {
    const { dialect, world } = this.#parts
    if (dialect.statusAfterInMs === 0) {
      this.#publishNow()
      return
    }
    this.#publishing ??= setTimeout(() => {
      this.#publishing = undefined
      this.#publishNow()
    }, world.time.toReal(dialect.statusAfterInMs))
  }

  #publishNow(): void {
    const current = this.#current()
    const node = this.#node
    if (!current || !node || this.#startTime === '') return
    const { dialect, store } = this.#parts
    const hasStarted = this.#containers.some(({ state, lastState }) => !state.waiting || lastState.terminated)
    const isAddressed = this.#sandbox !== null && (dialect.addressShown === 'sandbox' || hasStarted)
    const status = renderPodStatus({
      spec: current.spec,
      conditions: this.#conditions,
      containers: this.#containers.filter(({ role }) => role === 'main').map((one) => one.status()),
      initContainers: this.#containers.filter(({ role }) => role !== 'main').map((one) => one.status()),
      failure: this.#failure,
      hostIP: node.address,
      podIP: isAddressed ? (this.#sandbox?.host ?? null) : null,
      hasSandbox: this.#sandbox !== null,
      tellsSandbox: dialect.sandboxCondition,
      startTime: this.#startTime,
      qosClass: current.status?.qosClass,
      now: node.clock.read(),
    })
    this.#latest = store.replace('pods', { ...current, status })
  }

  /** As the cluster has it now; undefined where it has another, or none. */
  #current(): Pod | undefined {
    const found = this.#parts.store.get('pods', this.#key.namespace, this.#key.name)
    return found?.metadata.uid === this.uid ? found : undefined
  }
}

const SPOT = 'cloud.google.com/gke-spot'

/** Rejects when the signal ends. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function resolvedWhen(signal: AbortSignal): Promise<void> {
  return aborted(signal).catch(() => {})
}
