import { type ContainerSpec, type Ended, ImageError, type Pod, StartError } from '../backend/backend.ts'
import type { MachineClock } from '../clock/machine-clock.ts'
import type { PhaseDurations } from '../profile/profile.ts'
import type { World } from '../world.ts'
import type { AciDialect } from './aci-dialect.ts'
import type { ContainerState } from './container-state.ts'
import { EventLog, type GroupEvent } from './event-log.ts'
import type { ContainerBody, ProbeBody } from './group-body.ts'
import { watchProbe } from './probe-container.ts'
import type { ImagePuller } from './pull-image.ts'
import { RestartBackoff } from './restart-backoff.ts'

export interface ContainerLifeParts {
  readonly world: World
  readonly dialect: AciDialect
  readonly node: MachineClock
  readonly body: ContainerBody
  readonly spec: ContainerSpec
  readonly puller: ImagePuller
  readonly durations: PhaseDurations
  readonly restartPolicy: string
}

type Terminated = Extract<ContainerState, { state: 'Terminated' }>

/** A pull, or a start, that fails so often in a row is told as the failure of the whole provisioning. */
const ATTEMPTS = 3
/** How long after its end a container that is to be restarted still reads Terminated. */
const SEEN_TERMINATED_IN_MS = 1_000

/** One container of a group on its node: pulled, started, restarted. What becomes of it is told by its states and events. */
export class ContainerLife {
  readonly name: string
  readonly events: EventLog
  current: ContainerState = { state: 'Waiting', detailStatus: '' }
  previous: ContainerState | undefined
  restartCount = 0
  /** Whether an instance of it has ever run. */
  hasStarted = false
  /** How it ended, once it is to run no more. */
  ended: Terminated | null = null
  /** Called with what keeps it from starting, once that looks lasting. */
  onTrouble: (message: string) => void = () => {}
  readonly #parts: ContainerLifeParts
  #pulledBefore = false

  constructor(parts: ContainerLifeParts) {
    this.#parts = parts
    this.name = parts.spec.name
    this.events = new EventLog(parts.dialect.coalescedEvents)
  }

  /**
   * Runs it until it shall run no more; resolves with how it ended for good. Rejects with the signal's reason. `onStarted` is called for each
   * instance that runs.
   */
  async run(pod: Pod, signal: AbortSignal, onStarted: () => void = () => {}): Promise<Terminated> {
    const backoff = new RestartBackoff()
    this.ended = null
    for (let attempt = 1; ; attempt += 1) {
      await this.#pull(signal)
      const ended = await this.#runInstance(pod, signal, onStarted)
      signal.throwIfAborted()
      const isRestarted = this.#isRestartedAfter(ended.exitCode)
      if (!this.hasStarted && (!isRestarted || attempt === ATTEMPTS)) this.onTrouble(ended.detailStatus)
      if (!isRestarted) {
        this.ended = ended
        return ended
      }
      await this.#backOff(ended, backoff, signal)
      this.restartCount += 1
    }
  }

  /** Tells an event as happening now. */
  tell(event: GroupEvent, atInMs = this.#parts.node.read()): void {
    this.events.add(event, atInMs)
  }

  async #pull(signal: AbortSignal): Promise<void> {
    const { spec, puller, durations, world } = this.#parts
    const { image } = spec
    for (let attempt = 1; ; attempt += 1) {
      this.tell({ name: 'Pulling', message: `pulling image "${image}"`, type: 'Normal' })
      // What is there already is only asked for again.
      const drawnInMs = this.#pulledBefore ? Math.min(durations.pulling, 1_000) : durations.pulling
      const [outcome] = await Promise.all([
        puller.pull(image, signal).then(
          () => null,
          (error: unknown) => error,
        ),
        world.time.pass(drawnInMs + puller.slownessInMs, signal),
      ])
      signal.throwIfAborted()
      if (outcome === null) break
      if (!(outcome instanceof ImageError)) throw outcome
      await this.#failPull(outcome, attempt, signal)
    }
    this.#pulledBefore = true
    this.tell({ name: 'Pulled', message: `Successfully pulled image "${image}"`, type: 'Normal' })
  }

  async #failPull(error: ImageError, attempt: number, signal: AbortSignal): Promise<void> {
    const { image } = this.#parts.spec
    this.tell({
      name: 'Failed',
      message: `Failed to pull image "${image}": ${error.message}`,
      type: 'Warning',
    })
    this.current = { state: 'Waiting', detailStatus: 'ErrImagePull' }
    if (attempt === ATTEMPTS) this.onTrouble(`Failed to pull image "${image}"`)
    this.tell({ name: 'BackOff', message: `Back-off pulling image "${image}"`, type: 'Normal' })
    this.current = { state: 'Waiting', detailStatus: `ImagePullBackOff: Back-off pulling image "${image}"` }
    await this.#parts.world.time.pass(Math.min(300_000, 10_000 * 2 ** (attempt - 1)), signal)
  }

  async #runInstance(pod: Pod, signal: AbortSignal, onStarted: () => void): Promise<Terminated> {
    const { world, durations, dialect, node, spec } = this.#parts
    await world.time.pass(durations.creating, signal)
    if (dialect.createdEvents) this.tell({ name: 'Created', message: 'Created container', type: 'Normal' })
    await world.time.pass(durations.starting, signal)
    try {
      const started = await pod.start(spec)
      const startedInMs = node.read(started.before)
      if (this.current.state === 'Terminated') this.previous = this.current
      this.current = { state: 'Running', startedInMs }
      this.tell({ name: 'Started', message: 'Started container', type: 'Normal' }, startedInMs)
      this.hasStarted = true
      onStarted()
      // Ended while it was being started: whoever ends the rest did not see it run.
      if (signal.aborted) await pod.kill(spec.name, 'SIGKILL')
      const probes = this.#watchProbes(pod, signal)
      const ended = await pod.ended(spec.name).finally(() => probes.abort())
      return this.#terminate(ended, startedInMs)
    } catch (error) {
      if (!(error instanceof StartError)) throw error
      signal.throwIfAborted()
      this.tell({
        name: 'Failed',
        message: `Error: failed to start container: ${error.message}`,
        type: 'Warning',
      })
      return this.#end({
        state: 'Terminated',
        finishedInMs: node.read(),
        exitCode: 128,
        detailStatus: `StartError: ${error.message}`,
      })
    }
  }

  #terminate(ended: Ended, startedInMs: number): Terminated {
    const detailStatus = ended.outOfMemory ? 'OOMKilled' : ended.exitCode === 0 ? 'Completed' : 'Error'
    return this.#end({
      state: 'Terminated',
      startedInMs,
      finishedInMs: this.#parts.node.read(ended.at),
      exitCode: ended.exitCode,
      detailStatus,
    })
  }

  #end(state: Terminated): Terminated {
    this.current = state
    return state
  }

  #isRestartedAfter(exitCode: number): boolean {
    const { restartPolicy, dialect } = this.#parts
    if (restartPolicy === 'Always') return true
    const restartsOnFailure = restartPolicy === 'OnFailure' || dialect.neverRestartsOnFailure
    return restartsOnFailure && exitCode !== 0
  }

  async #backOff(ended: Terminated, backoff: RestartBackoff, signal: AbortSignal): Promise<void> {
    const { time } = this.#parts.world
    const ranForInMs = (ended.finishedInMs - (ended.startedInMs ?? ended.finishedInMs)) * time.scale
    const waitInMs = backoff.next(ranForInMs)
    await time.pass(SEEN_TERMINATED_IN_MS, signal)
    if (waitInMs === 0) return
    this.tell({ name: 'BackOff', message: 'Back-off restarting failed container', type: 'Warning' })
    this.previous = ended
    this.current = {
      state: 'Waiting',
      detailStatus: `CrashLoopBackOff: Back-off ${waitInMs / 1_000}s restarting failed`,
    }
    await time.pass(waitInMs, signal)
  }

  /** Probes this instance until it ends; a liveness probe that fails has it killed, and its restart policy decides. */
  #watchProbes(pod: Pod, signal: AbortSignal): AbortController {
    const ended = new AbortController()
    const { time } = this.#parts.world
    const both = AbortSignal.any([signal, ended.signal])
    const watch = (
      kind: 'Liveness' | 'Readiness',
      probe: ProbeBody | undefined,
      onFailed: () => Promise<void>,
    ) => {
      if (!probe) return
      const told = (reason: string) =>
        this.tell({ name: 'Unhealthy', message: `${kind} probe failed: ${reason}`, type: 'Warning' })
      void watchProbe({ probe, pod, container: this.name, time, signal: both, told, onFailed })
    }
    const { livenessProbe, readinessProbe } = this.#parts.body.properties ?? {}
    watch('Liveness', livenessProbe, async () => {
      this.tell({
        name: 'Killing',
        message: `Container ${this.name} failed liveness probe, will be restarted`,
        type: 'Normal',
      })
      // It may end by itself at that moment: then there is nothing to stop.
      await pod.stop(this.name, time.toReal(30_000)).catch(() => {})
    })
    watch('Readiness', readinessProbe, async () => {})
    return ended
  }
}
