import type { Pod } from '../backend/backend.ts'
import type { MachineClock } from '../clock/machine-clock.ts'
import { realNow } from '../clock/real-time.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import type { PhaseDurations } from '../profile/profile.ts'
import { awaitDependencies } from './await-dependencies.ts'
import type { ContainerLife, Prepared } from './container-life.ts'
import { convertToPod } from './convert-to-pod.ts'
import { NO_CAPACITY } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { prepareTask } from './prepare-task.ts'
import { stopContainers } from './stop-containers.ts'
import type { Stop, Task, TaskStatus } from './task.ts'
import { TaskFailure } from './task-failure.ts'

export interface TaskLifeOptions {
  readonly task: Task
  readonly parts: EcsParts
  readonly effects: readonly FaultEffect[]
  /** Of its placing and removing. */
  readonly durations: PhaseDurations
  readonly node: MachineClock
}

/** How much of the time until the pull is spent on a place and a network interface; then the task is PENDING. */
const PROVISIONING_SHARE = 0.8
/** How long a registry that cannot be reached is tried. */
const UNREACHABLE_IN_MS = 120_000

/** A task from its placing to its end. The control plane stamps its states; the node tells when it pulled, and when all had ended. */
export class TaskLife {
  readonly #options: TaskLifeOptions
  readonly #stopping = new AbortController()
  readonly #signal: AbortSignal
  readonly #runs: Promise<void>[] = []
  #pod: Pod | null = null
  #podMade: Promise<Pod> | null = null
  #done: Promise<void> = Promise.resolve()

  constructor(options: TaskLifeOptions) {
    this.#options = options
    this.#signal = AbortSignal.any([this.#stopping.signal, options.parts.world.closing])
  }

  /** The sandbox in which its containers run, once there is one. */
  get pod(): Pod | null {
    return this.#pod
  }

  begin(): void {
    this.#done = this.#live()
  }

  /** Has it stop; the first reason counts. */
  stop(stop: Stop): void {
    const { task } = this.#options
    if (task.stop !== null) return
    task.stop = stop
    task.desiredStatus = 'STOPPED'
    task.stopAskedAt = realNow()
    this.#touch()
    this.#stopping.abort(new Error(stop.reason))
  }

  /** Ends it without the grace that its containers have, as the emulator closes; resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    await (await this.#podMade?.catch(() => null))?.remove()
    await this.#done
  }

  async #live(): Promise<void> {
    const { world } = this.#options.parts
    try {
      await this.#start()
      await ended(this.#signal)
    } catch (error) {
      if (!this.#signal.aborted) this.stop(stopOf(error))
    }
    // A stop of the whole emulator is nothing that tasks would tell.
    if (!world.closing.aborted) await this.#end()
    else await (await this.#podMade?.catch(() => null))?.remove()
  }

  async #start(): Promise<void> {
    const { task, parts, node } = this.#options
    const { frontEnd } = parts.world.clocks
    const pod = await this.#provision()
    const prepared = prepareTask(task, pod, parts)
    if (parts.dialect.activating === 'pulls') this.#become('ACTIVATING')
    task.times.pullStartedAt = node.read()
    this.#touch()
    await this.#pullAll()
    task.times.pullStoppedAt = node.read()
    if (parts.dialect.activating === 'after-pull') this.#become('ACTIVATING')
    this.#touch()
    await this.#startAll(prepared)
    task.times.startedAt = frontEnd.read()
    this.#become('RUNNING')
    void this.#interrupt()
  }

  /** Finds a place, and makes the network interface. */
  async #provision(): Promise<Pod> {
    const { task, parts, effects, durations } = this.#options
    const { world, networks, dialect } = parts
    const inMs = durations.placing * PROVISIONING_SHARE
    if (findFault(effects, 'stuck')) await ended(this.#signal)
    if (findFault(effects, 'capacity')?.when === 'afterwards') {
      await world.time.pass(inMs, this.#signal)
      throw new TaskFailure(NO_CAPACITY)
    }
    this.#podMade = world.backend.createPod(convertToPod(task))
    const [pod] = await Promise.all([this.#podMade, world.time.pass(inMs, this.#signal)])
    this.#signal.throwIfAborted()
    this.#pod = pod
    task.network = networks.in(task.region).addInterface({
      subnet: task.subnet,
      groupIds: task.groupIds,
      description: task.attachmentId,
      publicIp: this.#isPublic ? pod.host : null,
      publicIpShownAfterInMs: world.time.toReal(dialect.addressAfterInMs),
    })
    this.#become('PENDING')
    await world.time.pass(durations.placing - inMs, this.#signal)
    task.times.connectivityAt = world.clocks.frontEnd.read()
    this.#touch()
    return pod
  }

  get #isPublic(): boolean {
    return this.#options.task.body.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED'
  }

  async #pullAll(): Promise<void> {
    const { task, parts } = this.#options
    if (!this.#isPublic) {
      // Without an address of its own nothing in a public subnet reaches the internet: there is no NAT.
      await parts.world.time.pass(UNREACHABLE_IN_MS, this.#signal)
      const image = task.containers[0]?.body.image
      throw new TaskFailure(
        `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}: failed to do request: dial tcp: i/o timeout`,
      )
    }
    await Promise.all(task.containers.map((container) => container.pull(this.#signal)))
  }

  /** Resolves when every container has been started. */
  async #startAll(prepared: ReadonlyMap<ContainerLife, Prepared>): Promise<void> {
    const { task, parts } = this.#options
    const { time } = parts.world
    await Promise.all(
      [...prepared].map(async ([container, how]) => {
        await awaitDependencies(container, task.containers, { time, signal: this.#signal })
        const run = container.run(how, this.#signal)
        this.#runs.push(this.#follow(container, run))
        await Promise.race([container.started.promise, run])
      }),
    )
    this.#signal.throwIfAborted()
  }

  /** The end of an essential container is the end of its task. Never rejects. */
  async #follow(container: ContainerLife, run: Promise<void>): Promise<void> {
    try {
      await run
      if (container.isEssential)
        this.stop({ code: 'EssentialContainerExited', reason: 'Essential container in task exited' })
    } catch (error) {
      if (!this.#signal.aborted) this.stop(stopOf(error))
    }
  }

  /** Takes Spot capacity back, where a fault rule says so. */
  async #interrupt(): Promise<void> {
    const { task, parts, effects } = this.#options
    const fault = findFault(effects, 'interruption')
    if (!fault || task.provider !== 'FARGATE_SPOT') return
    await parts.world.time.pass(fault.afterInMs, this.#signal).catch(() => {})
    if (!this.#signal.aborted)
      this.stop({ code: 'SpotInterruption', reason: 'Your Spot Task was interrupted.' })
  }

  async #end(): Promise<void> {
    const { task, parts, durations, node } = this.#options
    const { world, networks } = parts
    const { frontEnd } = world.clocks
    task.times.stoppingAt = frontEnd.read()
    if (task.lastStatus === 'RUNNING' || task.lastStatus === 'ACTIVATING') {
      this.#become('DEACTIVATING')
      this.#become('STOPPING')
    } else {
      this.#touch()
    }
    const pod = (await this.#podMade?.catch(() => null)) ?? null
    if (pod) await stopContainers(task.containers, pod, world.time)
    for (const container of task.containers) container.giveUp(null)
    await Promise.all(this.#runs)
    if (task.times.startedAt !== null || this.#runs.length > 0) task.times.executionStoppedAt = node.read()
    this.#become('DEPROVISIONING')
    await Promise.all([pod?.remove(), world.time.pass(durations.removing, world.closing).catch(() => {})])
    if (task.network) networks.in(task.region).interfaces.delete(task.network.id)
    task.times.stoppedAt = frontEnd.read()
    task.endedAt = realNow()
    this.#become('STOPPED')
  }

  #become(status: TaskStatus): void {
    this.#options.task.lastStatus = status
    this.#touch()
  }

  #touch(): void {
    this.#options.task.version += 1
  }
}

function stopOf(error: unknown): Stop {
  if (!(error instanceof TaskFailure)) console.error('berth emulator:', error)
  const reason = error instanceof TaskFailure ? error.message : 'InternalError: Failed to start the task.'
  return { code: 'TaskFailedToStart', reason }
}

/** Rejects when the signal ends. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
