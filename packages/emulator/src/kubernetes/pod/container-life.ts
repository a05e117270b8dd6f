import { randomBytes } from 'node:crypto'
import { type Ended, type Pod as Sandbox, StartError } from '../../backend/backend.ts'
import type { PhaseDurations } from '../../profile/profile.ts'
import { toSecond } from '../cluster-time.ts'
import type { ClusterNode, KubernetesParts } from '../kubernetes-parts.ts'
import type { Container, ContainerState, ContainerStatus, Pod, Terminated } from '../objects/pod.ts'
import { ConfigurationError } from './configuration-error.ts'
import type { ContainerEvents } from './container-events.ts'
import { convertToContainer } from './convert-to-pod.ts'
import type { ImagePuller } from './image-puller.ts'
import { ImagePreparation } from './prepare-image.ts'
import { resolveEnvironment } from './resolve-environment.ts'
import { RestartBackoff } from './restart-backoff.ts'
import { startFailureOf } from './start-failure.ts'
import { watchProbes } from './watch-probes.ts'

export interface ContainerLifeParts {
  readonly parts: KubernetesParts
  readonly node: ClusterNode
  readonly body: Container
  readonly role: 'init' | 'sidecar' | 'main'
  /** As it is now. */
  readonly pod: () => Pod
  readonly puller: ImagePuller
  readonly events: ContainerEvents
  readonly durations: PhaseDurations
  /** Whether one that ended like this is started again. */
  readonly isRestarted: (exitCode: number) => boolean
  readonly onChange: () => void
}

/** How often a node looks again for what a container refers to. */
const CONFIGURATION_RETRY_IN_MS = 10_000
/** How long the end of an instance is told before it is told that it waits to be started again. */
const SEEN_TERMINATED_IN_MS = 1_000

/** One container of a Pod on its node: its image, its instances, and what is told of them. */
export class ContainerLife {
  readonly name: string
  readonly body: Container
  readonly role: ContainerLifeParts['role']
  state: ContainerState
  lastState: ContainerState = {}
  restartCount = 0
  isReady = false
  /** Undefined until it is worth telling. */
  isStarted: boolean | undefined
  /** Resolves when its first instance was tried: it runs, or something keeps it from that. */
  readonly tried = Promise.withResolvers<void>()
  /** Resolves when it has first been found started, by its startup probe where it has one. */
  readonly wasStarted = Promise.withResolvers<void>()
  readonly #parts: ContainerLifeParts
  #imageId = ''
  #containerId: string | undefined

  constructor(parts: ContainerLifeParts, waitingReason: string) {
    this.#parts = parts
    this.body = parts.body
    this.name = parts.body.name
    this.role = parts.role
    this.state = { waiting: { reason: waitingReason } }
  }

  get isRunning(): boolean {
    return this.state.running !== undefined
  }

  /** Runs it until it shall run no more; resolves with its last end. Rejects with the signal's reason. */
  async run(sandbox: Sandbox, signal: AbortSignal): Promise<Terminated> {
    const backoff = new RestartBackoff()
    const { isRestarted, parts } = this.#parts
    try {
      for (;;) {
        const beganAt = performance.now()
        const end = await this.#runOnce(sandbox, signal)
        this.tried.resolve()
        signal.throwIfAborted()
        if (!isRestarted(end.exitCode)) return end
        const ranForInMs = (performance.now() - beganAt) * parts.world.time.scale
        await this.#backOff(end, backoff.next(ranForInMs), signal)
        this.restartCount += 1
      }
    } finally {
      this.tried.resolve()
    }
  }

  status(): ContainerStatus {
    const { image = '' } = this.body
    return {
      name: this.name,
      state: this.state,
      lastState: this.lastState,
      ready: this.isReady,
      restartCount: this.restartCount,
      image,
      imageID: this.#imageId,
      ...(this.#containerId !== undefined && { containerID: this.#containerId }),
      ...(this.isStarted !== undefined && { started: this.isStarted }),
    }
  }

  /** Tells another state of it. */
  #become(state: ContainerState): void {
    this.state = state
    this.#parts.onChange()
  }

  async #runOnce(sandbox: Sandbox, signal: AbortSignal): Promise<Terminated> {
    const { parts, durations, puller, events, body } = this.#parts
    const image = await new ImagePreparation({
      container: body,
      puller,
      events,
      time: parts.world.time,
      pullingInMs: durations.pulling,
      texts: parts.dialect,
      onWaiting: (reason, message) => {
        this.#become({ waiting: { reason, ...(message !== undefined && { message }) } })
        this.tried.resolve()
      },
    }).prepare(signal)
    this.#imageId = `${body.image?.replace(/[:@][^/]*$/, '')}@${image.digest}`
    const env = await this.#environment(signal)
    await parts.world.time.pass(durations.creating, signal)
    events.tell('Created', createdText(body.name, parts.dialect.minorVersion))
    await parts.world.time.pass(durations.starting, signal)
    return await this.#runInstance(sandbox, env, signal)
  }

  /** Waits for what it refers to. */
  async #environment(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const { parts, pod, body, events } = this.#parts
    for (;;) {
      try {
        return resolveEnvironment(pod(), body, parts.store)
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error
        events.tell('Failed', `Error: ${error.message}`)
        this.#become({ waiting: { reason: 'CreateContainerConfigError', message: error.message } })
        this.tried.resolve()
        await parts.world.time.pass(CONFIGURATION_RETRY_IN_MS, signal)
      }
    }
  }

  async #runInstance(
    sandbox: Sandbox,
    env: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Terminated> {
    const { node, body, events, parts } = this.#parts
    const runtime = parts.dialect.minorVersion >= 24 ? 'containerd' : 'docker'
    this.#containerId = `${runtime}://${randomBytes(32).toString('hex')}`
    signal.throwIfAborted()
    try {
      const { before } = await sandbox.start(convertToContainer(body, env))
      // The runtime notes a start when it hears of it.
      const startedAt = toSecond(node.clock.read(before))
      events.tell('Started', startedText(body.name, parts.dialect.minorVersion))
      const over = new AbortController()
      try {
        this.isStarted = body.startupProbe === undefined
        this.isReady = this.isStarted && body.readinessProbe === undefined
        this.#become({ running: { startedAt } })
        if (this.isStarted) this.wasStarted.resolve()
        this.tried.resolve()
        // Asked to end while it was being started: whoever ends the rest did not see it run.
        if (signal.aborted) await sandbox.kill(body.name, 'SIGKILL')
        this.#watchProbes(sandbox, env, AbortSignal.any([signal, over.signal]))
        return this.#end(await sandbox.ended(body.name), startedAt)
      } finally {
        over.abort()
      }
    } catch (error) {
      if (!(error instanceof StartError) || signal.aborted) throw error
      const { state, message } = startFailureOf(error, body, toSecond(node.clock.read()), parts.dialect)
      events.tell('Failed', `Error: ${message}`)
      return this.#terminate(state)
    }
  }

  #watchProbes(sandbox: Sandbox, env: Readonly<Record<string, string>>, signal: AbortSignal): void {
    const { parts, body, events } = this.#parts
    watchProbes({
      container: body,
      sandbox,
      env,
      time: parts.world.time,
      signal,
      events,
      onStarted: () => {
        this.isStarted = true
        this.isReady = body.readinessProbe === undefined
        this.wasStarted.resolve()
        this.#parts.onChange()
      },
      onReady: (isReady) => {
        if (this.isReady === isReady) return
        this.isReady = isReady
        this.#parts.onChange()
      },
      graceInSeconds: this.#parts.pod().spec.terminationGracePeriodSeconds ?? 30,
    })
  }

  #end({ exitCode, outOfMemory, at }: Ended, startedAt: string): Terminated {
    const reason = outOfMemory ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error'
    const finishedAt = toSecond(this.#parts.node.clock.read(at))
    return this.#terminate({ exitCode, reason, startedAt, finishedAt })
  }

  #terminate(end: Terminated): Terminated {
    const terminated = { ...end, ...(this.#containerId !== undefined && { containerID: this.#containerId }) }
    this.isReady = this.role === 'init' && end.exitCode === 0
    this.isStarted = false
    this.#become({ terminated })
    return terminated
  }

  async #backOff(end: Terminated, waitInMs: number, signal: AbortSignal): Promise<void> {
    const { parts, events, pod } = this.#parts
    const { time } = parts.world
    await time.pass(SEEN_TERMINATED_IN_MS, signal)
    this.lastState = { terminated: end }
    if (waitInMs === 0) return
    const { name, namespace, uid } = pod().metadata
    const whole = `${name}_${namespace}(${uid})`
    events.tell(
      'BackOff',
      parts.dialect.minorVersion >= 26
        ? `Back-off restarting failed container ${this.name} in pod ${whole}`
        : 'Back-off restarting failed container',
    )
    const wait =
      waitInMs < 60_000
        ? `${waitInMs / 1_000}s`
        : `${Math.floor(waitInMs / 60_000)}m${(waitInMs % 60_000) / 1_000}s`
    const message = `back-off ${wait} restarting failed container=${this.name} pod=${whole}`
    this.#become({ waiting: { reason: 'CrashLoopBackOff', message } })
    await time.pass(Math.max(0, waitInMs - SEEN_TERMINATED_IN_MS), signal)
  }
}

function createdText(name: string, minorVersion: number): string {
  return minorVersion >= 35
    ? 'Container created'
    : minorVersion >= 32
      ? `Created container: ${name}`
      : `Created container ${name}`
}

function startedText(name: string, minorVersion: number): string {
  return minorVersion >= 35 ? 'Container started' : `Started container ${name}`
}
