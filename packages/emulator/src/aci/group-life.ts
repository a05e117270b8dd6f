import type { Pod } from '../backend/backend.ts'
import type { MachineClock } from '../clock/machine-clock.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import type { World } from '../world.ts'
import type { AciDialect } from './aci-dialect.ts'
import type { AciLimits } from './aci-limits.ts'
import { ContainerLife } from './container-life.ts'
import { convertToContainer, convertToPod } from './convert-to-pod.ts'
import { EventLog } from './event-log.ts'
import type { ContainerBody, GroupPropertiesBody } from './group-body.ts'
import { ProvisioningFailure } from './provisioning-failure.ts'
import { ImagePuller } from './pull-image.ts'
import { readLog } from './read-log.ts'

export interface GroupLifeParts {
  readonly world: World
  readonly dialect: AciDialect
  readonly limits: AciLimits
  readonly node: MachineClock
  readonly groupId: string
  readonly podName: string
  /** With all secrets. */
  readonly properties: GroupPropertiesBody
  readonly effects: readonly FaultEffect[]
  /** Drawn from, so that the same start takes as long in a replay. */
  readonly label: string
  /** Whether the group was placed before: then no place has to be found. */
  readonly pod?: Pod | undefined
  /** Called when a node was found, with the pod once it has an address. */
  readonly onPlaced: () => void
  readonly onAddressed: (pod: Pod) => void
}

/** Pending lasts as long as no node is found: at most half a second of the time until pulling begins, as was recorded. */
const FINDING_A_NODE_IN_MS = 500
const GRACE_IN_MS = 10_000

/** A group on a node, from its placing to its end. */
export class GroupLife {
  readonly containers: readonly ContainerLife[]
  readonly initContainers: readonly ContainerLife[]
  readonly events: EventLog
  pod: Pod | null
  /** What was kept of the logs when the pod went. */
  readonly keptLogs = new Map<string, string>()
  /** Resolves when everything has started after all; rejects with the end of the life, or where it never can. Null: no place was found. */
  recovery: Promise<void> | null = null
  readonly #parts: GroupLifeParts
  #ending = new AbortController()
  #runs: Promise<unknown>[] = []
  #podMade: Promise<Pod> | null = null

  constructor(parts: GroupLifeParts) {
    this.#parts = parts
    this.pod = parts.pod ?? null
    this.events = new EventLog(parts.dialect.coalescedEvents)
    this.containers = (parts.properties.containers ?? []).map((body) =>
      this.#container(body, parts.properties.restartPolicy ?? 'Always'),
    )
    // An init container has done its work when it succeeds: it is never restarted after that.
    const initPolicy = parts.properties.restartPolicy === 'Never' ? 'Never' : 'OnFailure'
    this.initContainers = (parts.properties.initContainers ?? []).map((body) =>
      this.#container(body, initPolicy),
    )
  }

  /** Whether nothing of it runs or will by itself. */
  get hasEnded(): boolean {
    return (
      this.containers.every(({ ended }) => ended) ||
      this.initContainers.some(({ ended }) => ended && ended.exitCode !== 0)
    )
  }

  /** Makes the pod, as early as anybody asks for it. */
  makePod(): Promise<Pod> {
    this.#podMade ??= this.#makePod().catch((error: unknown) => {
      this.#podMade = null
      throw error
    })
    return this.#podMade
  }

  /**
   * Brings the group up; resolves when every container has started. What was started goes on, also where it rejects with a
   * `ProvisioningFailure`; it rejects with the end's reason where the life ends before.
   */
  async provision(): Promise<void> {
    const { world, limits, pod } = this.#parts
    const { signal } = this.#ending
    const expiry = new AbortController()
    try {
      await Promise.race([
        pod ? this.#bringUp(pod, signal) : this.#place(signal),
        world.time.pass(limits.provisioningInMs, AbortSignal.any([signal, expiry.signal])).then(() => {
          throw new ProvisioningFailure(
            'ProvisioningTimeout',
            `The container group could not be provisioned within ${limits.provisioningInMs / 1_000} seconds.`,
          )
        }),
      ])
    } finally {
      expiry.abort()
    }
  }

  /** Ends every container, keeping the pod; then they can be brought up again. */
  async halt(): Promise<Pod | null> {
    this.#ending.abort(new Error('the containers of the group are ended'))
    const pod = await this.#podMade?.catch(() => null)
    const running = [...this.containers, ...this.initContainers].filter(
      ({ current }) => current.state === 'Running',
    )
    await Promise.all(
      running.map(async (container) => {
        container.tell({ name: 'Killing', message: 'Killing container', type: 'Normal' })
        await this.pod?.stop(container.name, GRACE_IN_MS)
      }),
    )
    await Promise.allSettled(this.#runs)
    this.#runs = []
    this.#ending = new AbortController()
    return this.pod ?? pod ?? null
  }

  /** Ends every container and starts them anew in the same pod. */
  async restart(): Promise<void> {
    const pod = await this.halt()
    await (pod ? this.#bringUp(pod, this.#ending.signal) : this.#place(this.#ending.signal))
  }

  /** Ends it all. `kept`: the end of each log is kept. */
  async end({ keepLogs }: { readonly keepLogs: boolean }): Promise<void> {
    if (keepLogs) {
      const pod = await this.halt()
      for (const { name } of pod ? this.containers : [])
        this.keptLogs.set(
          name,
          await readLog(pod as Pod, name, { limits: this.#parts.limits, isRunning: false }),
        )
    }
    this.#ending.abort(new Error('the group is gone'))
    const pod = this.pod ?? (await this.#podMade?.catch(() => null))
    await pod?.remove()
    await Promise.allSettled(this.#runs)
    this.pod = null
  }

  #container(body: ContainerBody, restartPolicy: string): ContainerLife {
    const { world, dialect, node, properties, effects, label } = this.#parts
    const image = body.properties?.image ?? ''
    return new ContainerLife({
      world,
      dialect,
      node,
      body,
      spec: convertToContainer(body),
      puller: new ImagePuller({
        backend: world.backend,
        effects,
        credentials: properties.imageRegistryCredentials ?? [],
      }),
      durations: world.profile.draw({ service: 'aci', image }, world.random.numbers(`${label} ${body.name}`)),
      restartPolicy,
    })
  }

  async #makePod(): Promise<Pod> {
    const { world, properties, podName, groupId, onAddressed } = this.#parts
    const pod = await world.backend.createPod(convertToPod(properties, { podName, groupId }))
    this.pod = pod
    onAddressed(pod)
    return pod
  }

  async #place(signal: AbortSignal): Promise<void> {
    const { world, properties, label, effects, node, onPlaced } = this.#parts
    const image = properties.containers?.[0]?.properties?.image ?? ''
    const { placing } = world.profile.draw({ service: 'aci', image }, world.random.numbers(label))
    const findingInMs = Math.min(placing, FINDING_A_NODE_IN_MS)
    await world.time.pass(findingInMs, signal)
    if (findFault(effects, 'stuck')) await never(signal)
    const capacity = findFault(effects, 'capacity')
    if (capacity?.when === 'afterwards') {
      const message = 'Insufficient capacity to place the container group.'
      this.events.add({ name: 'InsufficientCapacity.', message, type: 'Warning' }, node.read())
      throw new ProvisioningFailure('InsufficientCapacity', message)
    }
    onPlaced()
    const [pod] = await Promise.all([this.makePod(), world.time.pass(placing - findingInMs, signal)])
    signal.throwIfAborted()
    await this.#bringUp(pod, signal)
  }

  /** Resolves when everything has started; rejects when that looks as if it would not, and then goes on all the same. */
  async #bringUp(pod: Pod, signal: AbortSignal): Promise<void> {
    const trouble = Promise.withResolvers<never>()
    trouble.promise.catch(() => {})
    for (const container of [...this.initContainers, ...this.containers])
      container.onTrouble = (message) =>
        trouble.reject(new ProvisioningFailure('ContainerStartFailed', message))
    const up = this.#track(this.#startAll(pod, signal))
    this.recovery = up
    await Promise.race([up, trouble.promise])
  }

  async #startAll(pod: Pod, signal: AbortSignal): Promise<void> {
    for (const container of this.initContainers) {
      const { exitCode } = await this.#track(container.run(pod, signal))
      if (exitCode !== 0)
        throw new ProvisioningFailure(
          'InitContainerFailed',
          `The init container '${container.name}' ended with exit code ${exitCode}, and the group's restart policy does not start it again.`,
        )
    }
    await Promise.all(
      this.containers.map(async (container) => {
        const started = Promise.withResolvers<void>()
        const run = this.#track(container.run(pod, signal, started.resolve))
        const failed = run.then(({ detailStatus }) => {
          throw new ProvisioningFailure('ContainerStartFailed', detailStatus)
        })
        await Promise.race([started.promise, failed])
      }),
    )
  }

  #track<Result>(run: Promise<Result>): Promise<Result> {
    run.catch(() => {})
    this.#runs.push(run)
    return run
  }
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
