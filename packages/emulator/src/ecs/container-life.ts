import { randomUUID } from 'node:crypto'
import { type ContainerSpec, type Ended, type Pod, StartError } from '../backend/backend.ts'
import type { MachineClock } from '../clock/machine-clock.ts'
import type { LogStream } from '../cloudwatch-logs/log-stream.ts'
import type { PhaseDurations } from '../profile/profile.ts'
import type { World } from '../world.ts'
import { type HealthStatus, watchHealth } from './health-check.ts'
import type { ImagePuller } from './image-puller.ts'
import { isRestartedAfter } from './restart-policy.ts'
import type { ContainerBody } from './task-definition-body.ts'
import { TaskFailure } from './task-failure.ts'

export interface ContainerLifeParts {
  readonly world: World
  readonly node: MachineClock
  readonly body: ContainerBody
  readonly durations: PhaseDurations
  readonly puller: ImagePuller
  /** Whether the agent for ExecuteCommand is put into it, and how long after its start it runs. */
  readonly agentAfterInMs: number | null
  /** Whether the task's role lets that agent open its channels. */
  readonly mayConnectAgent: boolean
  readonly onChange: () => void
}

/** What a container is started with, once its task's node has looked everything up. */
export interface Prepared {
  readonly pod: Pod
  readonly spec: ContainerSpec
  /** Where it logs to. */
  readonly stream: LogStream | null
}

/** What Docker kills with, and what is told of it. */
const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage'

/** One container of a task, from its pull to its end. */
export class ContainerLife {
  readonly id = randomUUID()
  readonly body: ContainerBody
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED' = 'PENDING'
  exitCode: number | null = null
  reason: string | null = null
  imageDigest: string | null = null
  health: HealthStatus = 'UNKNOWN'
  /** By the node's clock: since when the agent for ExecuteCommand runs. */
  agentStartedAt: number | null = null
  /** Settle when it has been started, has ended for good, and was found healthy. */
  readonly started = Promise.withResolvers<void>()
  readonly stopped = Promise.withResolvers<void>()
  readonly healthy = Promise.withResolvers<void>()
  readonly #parts: ContainerLifeParts
  #logging: Promise<void>[] = []

  constructor(parts: ContainerLifeParts) {
    this.#parts = parts
    this.body = parts.body
  }

  get name(): string {
    return this.body.name ?? ''
  }

  get isEssential(): boolean {
    return this.body.essential ?? true
  }

  get hasAgent(): boolean {
    return this.#parts.agentAfterInMs !== null
  }

  get mayConnectAgent(): boolean {
    return this.#parts.mayConnectAgent
  }

  /** @throws TaskFailure where the image cannot be had */
  async pull(signal: AbortSignal): Promise<void> {
    const { puller, durations, world } = this.#parts
    try {
      const [image] = await Promise.all([
        puller.pull(this.body, signal),
        world.time.pass(durations.pulling + puller.slownessInMs, signal),
      ])
      this.imageDigest = image.digest
    } catch (error) {
      if (error instanceof TaskFailure) this.#end(null, error.message)
      throw error
    }
  }

  /**
   * Starts it and waits for its end; `signal` keeps it from being started, or started again. Throws a `TaskFailure` where it cannot be started.
   */
  async run(prepared: Prepared, signal: AbortSignal): Promise<void> {
    const { world, durations } = this.#parts
    try {
      await world.time.pass(durations.creating + durations.starting, signal)
      for (;;) {
        const { exitCode, outOfMemory, ranForInMs } = await this.#runInstance(prepared, signal)
        const isRestarted =
          !signal.aborted &&
          !outOfMemory &&
          isRestartedAfter(exitCode, ranForInMs * world.time.scale, this.body.restartPolicy)
        if (!isRestarted) {
          this.#end(exitCode, outOfMemory ? OUT_OF_MEMORY : null)
          return
        }
      }
    } catch (error) {
      this.#end(null, error instanceof TaskFailure ? error.detail : null)
      throw error
    } finally {
      await Promise.allSettled(this.#logging)
    }
  }

  /** It will never be started. */
  giveUp(reason: string | null): void {
    if (this.lastStatus === 'PENDING') this.#end(null, reason)
  }

  async #runInstance(
    { pod, spec, stream }: Prepared,
    signal: AbortSignal,
  ): Promise<Ended & { readonly ranForInMs: number }> {
    const { node, onChange } = this.#parts
    const { before } = await startIn(pod, spec)
    this.lastStatus = 'RUNNING'
    onChange()
    this.started.resolve()
    const over = new AbortController()
    if (stream) this.#logging.push(sendLogs(pod, this.name, stream, node))
    void this.#startAgent(over.signal)
    void this.#watchHealth(pod, over.signal)
    // Asked to end while it was being started: whoever ends the rest did not see it run.
    if (signal.aborted) await pod.kill(spec.name, 'SIGKILL')
    try {
      const ended = await pod.ended(spec.name)
      return { ...ended, ranForInMs: ended.at - before }
    } finally {
      over.abort()
    }
  }

  async #startAgent(over: AbortSignal): Promise<void> {
    const { agentAfterInMs, mayConnectAgent, world, node, onChange } = this.#parts
    if (agentAfterInMs === null || !mayConnectAgent) return
    await world.time.pass(agentAfterInMs, over).catch(() => {})
    if (over.aborted) return
    this.agentStartedAt = node.read()
    onChange()
  }

  async #watchHealth(pod: Pod, over: AbortSignal): Promise<void> {
    const { healthCheck } = this.body
    if (!healthCheck) return
    const { time } = this.#parts.world
    await watchHealth({ check: healthCheck, pod, container: this.name, time, signal: over }, (health) => {
      if (this.health === health) return
      this.health = health
      this.#parts.onChange()
      if (health === 'HEALTHY') this.healthy.resolve()
    })
  }

  #end(exitCode: number | null, reason: string | null): void {
    if (this.lastStatus === 'STOPPED') return
    this.lastStatus = 'STOPPED'
    this.exitCode = exitCode
    this.reason = reason
    this.agentStartedAt = null
    this.#parts.onChange()
    this.stopped.resolve()
  }
}

async function startIn(pod: Pod, spec: ContainerSpec): Promise<{ readonly before: number }> {
  try {
    return await pod.start(spec)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    throw new TaskFailure(
      'Task failed to start',
      `CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: ${error.message}`,
    )
  }
}

async function sendLogs(pod: Pod, container: string, stream: LogStream, node: MachineClock): Promise<void> {
  for await (const { at, line } of pod.logs(container, { follow: true }))
    stream.add({ timestamp: node.read(at), message: line.toString() })
}
