import { setImmediate as turn } from 'node:timers/promises'
import { nowInUs } from '../clock.ts'
import type {
  GroupEvent,
  GroupRecord,
  GroupState,
  MappedPort,
  StartMessage,
  Termination,
} from '../group-record.ts'
import { writeJsonFile } from '../json-file.ts'
import { RunnerError } from '../runner-error.ts'
import { groupPaths } from '../state-directory.ts'
import { ContainerSupervisor } from './container-supervisor.ts'
import type { GroupContext } from './group-context.ts'
import { LogWriter } from './log-writer.ts'

const sidecarGraceInMs = 10_000
const mostEvents = 200

/** Runs a group: init containers, then sidecars and containers; keeps its state on disk and tells who watches. */
export class GroupSupervisor implements GroupContext {
  readonly directory: string
  readonly record: GroupRecord
  readonly env: StartMessage['env']
  readonly ports: readonly MappedPort[]
  readonly log: LogWriter
  /** Init containers first, as in the log and the state. */
  readonly containers: readonly ContainerSupervisor[]
  readonly #watchers = new Set<() => void>()
  readonly #events: GroupEvent[] = []
  #phase: GroupState['phase'] = 'pending'
  #failure: string | null = null
  #revision = 0
  #stopping = false
  #flushing = false
  #finished: Promise<void> = Promise.resolve()

  constructor(directory: string, record: GroupRecord, message: StartMessage, ports: readonly MappedPort[]) {
    this.directory = directory
    this.record = record
    this.env = message.env
    this.ports = ports
    this.log = new LogWriter(groupPaths('.').log, (loss) => this.addEvent('log-lost', null, loss))
    this.containers = [...record.initContainers, ...record.containers].map(
      (container, index) => new ContainerSupervisor(this, container, index),
    )
    this.addEvent('created', null, null, record.createdAtInUs)
    this.addEvent('supervised', null, `process ${process.pid}`)
  }

  get state(): GroupState {
    return {
      version: 1,
      revision: this.#revision,
      phase: this.#phase,
      failure: this.#failure,
      ports: this.ports,
      containers: this.containers.map((container) => container.state),
      events: this.#events,
    }
  }

  get ended(): boolean {
    return this.#phase === 'ended'
  }

  /** Starts the group; resolves when the first processes were spawned, or could not be. */
  async start(): Promise<void> {
    this.#finished = this.#run()
    await turn()
    this.flush()
  }

  /** Ends the group before anything was started. */
  refuse(failure: string): void {
    this.#end(failure)
  }

  /** Resolves when nothing runs any more nor will. */
  get finished(): Promise<void> {
    return this.#finished
  }

  /** Ends every container: the sidecars after the others, all within the one grace period. */
  async stop(graceInMs: number, stopSignal: NodeJS.Signals): Promise<void> {
    this.#stopping = true
    const deadline = performance.now() + graceInMs
    const [sidecars, others] = this.#split()
    await Promise.all(others.map((container) => container.stop(graceInMs, stopSignal)))
    const leftInMs = Math.max(0, deadline - performance.now())
    await Promise.all(sidecars.map((container) => container.stop(leftInMs, stopSignal)))
    await this.#finished
  }

  /** The container of that name, or every one that runs. RunnerError `not-found`, `not-running`. */
  select(name: string | null): ContainerSupervisor[] {
    if (name === null) return this.containers.filter((container) => container.running)
    const container = this.containers.find((candidate) => candidate.record.name === name)
    if (container === undefined) {
      throw new RunnerError('not-found', `group ${this.record.name} has no container ${JSON.stringify(name)}`)
    }
    if (container.done || (!container.running && container.state.waitingFor === 'pending')) {
      throw new RunnerError('not-running', `container ${name} of group ${this.record.name} is not running`)
    }
    return [container]
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  addEvent(
    type: GroupEvent['type'],
    container: string | null,
    message: string | null = null,
    timeInUs = nowInUs(),
  ) {
    this.#events.push({ timeInUs, container, type, message })
    if (this.#events.length > mostEvents) this.#events.shift()
    this.changed()
  }

  changed(): void {
    if (this.#flushing) return
    this.#flushing = true
    queueMicrotask(() => this.flush())
  }

  /** Writes the state and then tells it, so that what was told is never missing on disk. */
  flush(): void {
    this.#flushing = false
    this.#revision++
    try {
      writeJsonFile(groupPaths('.').state, this.state)
    } catch (error) {
      // A full disk heals, and the next change is written; a directory that is gone is seen by the guard.
      process.stderr.write(`the state could not be written: ${error}\n`)
    }
    for (const watcher of this.#watchers) watcher()
  }

  async #run(): Promise<void> {
    this.#end((await this.#runInitContainers()) ?? (await this.#runContainers()))
  }

  #end(failure: string | null): void {
    for (const container of this.containers) container.skip(failure ?? 'the group ended')
    this.#failure = failure
    this.#phase = 'ended'
    this.addEvent('ended', null, failure)
    this.flush()
    this.log.tell()
  }

  async #runInitContainers(): Promise<string | null> {
    for (const container of this.containers.slice(0, this.record.initContainers.length)) {
      const termination = await container.run()
      if (this.#stopping) return 'it was stopped'
      if (termination.exitCode !== 0)
        return `init container ${container.record.name} ${describe(termination)}`
    }
    return null
  }

  async #runContainers(): Promise<string | null> {
    this.#phase = 'running'
    const [sidecars, others] = this.#split()
    const runningSidecars = sidecars.map((container) => container.run())
    const terminations = await Promise.all(others.map((container) => container.run()))
    if (!this.#stopping) {
      await Promise.all(sidecars.map((container) => container.stop(sidecarGraceInMs, 'SIGTERM')))
    }
    terminations.push(...(await Promise.all(runningSidecars)))
    const failed = terminations.find((termination) => termination.reason === 'start-failed')
    return failed?.message ?? null
  }

  #split(): [sidecars: ContainerSupervisor[], others: ContainerSupervisor[]] {
    const sidecars = this.containers.filter((container) => container.record.sidecar)
    return [sidecars, this.containers.filter((container) => !container.record.sidecar)]
  }
}

function describe(termination: Termination): string {
  if (termination.message !== null) return `could not start: ${termination.message}`
  return termination.signal === null
    ? `exited with ${termination.exitCode}`
    : `was ended by ${termination.signal}`
}
