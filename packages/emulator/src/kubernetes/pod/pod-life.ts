import type { Pod as Sandbox } from '../../backend/backend.ts'
import type { FaultEffect } from '../../fault/fault-rule.ts'
import { findFault } from '../../fault/find-fault.ts'
import type { ClusterNode } from '../kubernetes-parts.ts'
import type { Container, Pod } from '../objects/pod.ts'
import { removeObject } from '../rest/remove-object.ts'
import type { RestParts } from '../rest/rest-parts.ts'
import { ContainerLife } from './container-life.ts'
import { drawDurations } from './draw-durations.ts'
import { Grace } from './grace.ts'
import { ImagePuller } from './image-puller.ts'
import { makeSandbox } from './make-sandbox.ts'
import { placePod } from './place-pod.ts'
import { PodReporter } from './pod-reporter.ts'
import { stopContainers } from './stop-containers.ts'

/** How much of the time until the pull goes by before a node is found. */
const SCHEDULING_SHARE = 0.8
const SPOT = 'cloud.google.com/gke-spot'

/** A Pod from its scheduling to its end, as its node sees it. */
export class PodLife {
  readonly uid: string
  readonly #parts: RestParts
  readonly #ordered: Pod
  readonly #effects: readonly FaultEffect[]
  readonly #grace: Grace
  /** Ends when its containers are to end. */
  readonly #ending = new AbortController()
  /** Ends when the cluster has nothing of it any more. */
  readonly #gone = new AbortController()
  readonly #signal: AbortSignal
  #reporter: PodReporter | null = null
  #sandbox: Sandbox | null = null
  #sandboxMade: Promise<Sandbox> | null = null
  #containers: readonly ContainerLife[] = []
  #failure: { readonly reason: string; readonly message: string } | null = null
  #runs: Promise<unknown>[] = []
  #done: Promise<void> = Promise.resolve()

  constructor(parts: RestParts, pod: Pod, effects: readonly FaultEffect[]) {
    this.#parts = parts
    this.#ordered = pod
    this.#effects = effects
    this.uid = pod.metadata.uid ?? ''
    this.#grace = new Grace(pod.spec.terminationGracePeriodSeconds ?? 30)
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
    this.#grace.change(graceInSeconds)
    this.#ending.abort(new Error('the Pod is deleted'))
  }

  /** The cluster has forgotten it: whatever still runs of it ends at once. */
  abandon(): void {
    this.#gone.abort(new Error('the Pod is gone'))
    this.#ending.abort(new Error('the Pod is gone'))
  }

  /** Ends it without any grace, as the emulator closes; resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    this.#reporter?.close()
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
    await (await this.#sandboxMade?.catch(() => null))?.remove()
  }

  /** Brings it up; resolves when it has ended by itself. */
  async #run(): Promise<void> {
    const { world } = this.#parts
    const { placing } = drawDurations(world, this.#ordered)
    await world.time.pass(placing * SCHEDULING_SHARE, this.#signal)
    const node = await placePod(this.#ordered, this.#parts, this.#effects, this.#signal)
    const reporter = this.#see(node)
    const [sandbox] = await Promise.all([
      makeSandbox({
        parts: this.#parts,
        pod: () => this.#latest(),
        signal: this.#signal,
        onMountFailed: (message) => reporter.tell('FailedMount', message),
        onMaking: (making) => {
          this.#sandboxMade = making
        },
      }),
      world.time.pass(placing * (1 - SCHEDULING_SHARE), this.#signal),
    ])
    this.#sandbox = sandbox
    reporter.publish()
    void this.#interrupt(node)
    await this.#runContainers(sandbox)
  }

  /** The node learns of it. */
  #see(node: ClusterNode): PodReporter {
    const { spec } = this.#ordered
    const reporter = new PodReporter(this.#parts, node, this.#latest(), () => ({
      containers: this.#containers,
      address: this.#sandbox?.host ?? null,
      failure: this.#failure,
    }))
    this.#reporter = reporter
    const inits = spec.initContainers ?? []
    const waiting = inits.length > 0 ? 'PodInitializing' : 'ContainerCreating'
    this.#containers = [
      ...inits.map((body) => {
        const role = body.restartPolicy === 'Always' ? 'sidecar' : 'init'
        return this.#containerLife(body, { role, waiting: 'PodInitializing', node, reporter })
      }),
      ...spec.containers.map((body) => this.#containerLife(body, { role: 'main', waiting, node, reporter })),
    ]
    reporter.publish()
    void this.#awaitDeadline(spec.activeDeadlineSeconds)
    return reporter
  }

  #containerLife(
    body: Container,
    seen: {
      readonly role: ContainerLife['role']
      readonly waiting: string
      readonly node: ClusterNode
      readonly reporter: PodReporter
    },
  ): ContainerLife {
    const { role, node, reporter } = seen
    return new ContainerLife(
      {
        parts: this.#parts,
        node,
        body,
        role,
        pod: () => this.#latest(),
        puller: new ImagePuller(this.#parts, node, this.#ordered, this.#effects),
        events: { tell: (reason, message) => reporter.tell(reason, message, fieldPath(role, body.name)) },
        durations: drawDurations(this.#parts.world, this.#ordered, body),
        isRestarted: (exitCode) => isRestarted(role, this.#ordered.spec.restartPolicy, exitCode),
        onChange: () => reporter.publish(),
      },
      seen.waiting,
    )
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
      // One that failed is not started again here: the Pod has failed.
      if ((await run).exitCode !== 0) return
    }
    const runs: Promise<unknown>[] = []
    await this.#reporter?.holding(async () => {
      for (const container of this.#containers) {
        if (container.role !== 'main') continue
        runs.push(this.#track(container.run(sandbox, this.#signal)))
        // A node makes one after another, and does not wait for any that is in trouble.
        await Promise.race([container.tried.promise, aborted(this.#signal)])
      }
    })
    await Promise.all(runs)
  }

  #track<T>(run: Promise<T>): Promise<T> {
    run.catch(() => {})
    this.#runs.push(run)
    return run
  }

  /** Ends it: its containers, then what the node holds of it, and at last the object. */
  async #end(): Promise<void> {
    const { world } = this.#parts
    const sandbox = await this.#sandboxMade?.catch(() => null)
    const gone = resolvedWhen(this.#gone.signal)
    if (sandbox) await Promise.race([this.#stop(sandbox), gone])
    if (this.#gone.signal.aborted) return
    await Promise.allSettled(this.#runs)
    this.#reporter?.publishNow()
    if (!this.#latest().metadata.deletionTimestamp) {
      // It has ended by itself, or by its deadline, and is kept until somebody deletes it.
      await Promise.race([gone, resolvedWhen(world.closing)])
      return
    }
    const { removing } = drawDurations(world, this.#ordered)
    await Promise.all([sandbox?.remove(), world.time.pass(removing, world.closing).catch(() => {})])
    if (!this.#gone.signal.aborted) removeObject(this.#parts, 'pods', this.#latest(), 0)
  }

  async #stop(sandbox: Sandbox): Promise<void> {
    await stopContainers(this.#containers, {
      sandbox,
      grace: this.#grace,
      time: this.#parts.world.time,
      onKilling: ({ name, role }) =>
        this.#reporter?.tell('Killing', `Stopping container ${name}`, fieldPath(role, name)),
    })
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
    this.#reporter?.tell(reason, message)
    this.#reporter?.publish()
    this.#ending.abort(new Error(message))
  }

  /** As the cluster has it now; as it was ordered where it is gone. */
  #latest(): Pod {
    const { namespace, name } = this.#ordered.metadata
    const found = this.#parts.store.get('pods', namespace, name)
    return found?.metadata.uid === this.uid ? found : this.#ordered
  }
}

function isRestarted(
  role: ContainerLife['role'],
  restartPolicy: string | undefined,
  exitCode: number,
): boolean {
  if (role === 'sidecar') return true
  if (role === 'init') return restartPolicy !== 'Never' && exitCode !== 0
  return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0)
}

function fieldPath(role: ContainerLife['role'], name: string): string {
  return `spec.${role === 'main' ? 'containers' : 'initContainers'}{${name}}`
}

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
