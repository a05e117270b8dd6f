import { commandLine } from '../catalogue.ts'
import { nowInUs } from '../clock.ts'
import type { ContainerRecord, ContainerState, Termination } from '../group-record.ts'
import { killMarkedProcesses } from '../kill-processes.ts'
import { waitingContainer } from '../read-group.ts'
import { resolveInRoot } from '../resolve-in-root.ts'
import { messageOf } from '../runner-error.ts'
import { groupPaths } from '../state-directory.ts'
import { containerEnvironment, lifelineDescriptor } from './container-environment.ts'
import type { GroupContext } from './group-context.ts'
import { RestartBackoff } from './restart-backoff.ts'
import { RunningProcess } from './running-process.ts'
import { settledWithin } from './settled-within.ts'
import { spawnProgram } from './spawn-program.ts'

/** Runs one container of the group from its first start to its last end. */
export class ContainerSupervisor {
  readonly record: ContainerRecord
  /** The exec sessions in it, which end with it. */
  readonly executions = new Set<RunningProcess>()
  readonly #context: GroupContext
  readonly #index: number
  #state: ContainerState
  #main: RunningProcess | null = null
  #finished: Promise<Termination> | null = null
  #done = false
  #stopping = false
  #restartRequested = false
  #endPause = () => {}
  readonly #onceStarted = new Set<() => void>()

  constructor(context: GroupContext, record: ContainerRecord, index: number) {
    this.#context = context
    this.record = record
    this.#index = index
    this.#state = waitingContainer(record.name)
  }

  get state(): ContainerState {
    return this.#state
  }

  get running(): boolean {
    return this.#main !== null
  }

  /** The process that runs now; null where none does. */
  get main(): RunningProcess | null {
    return this.#main
  }

  /** Whether it ended and will not start again. */
  get done(): boolean {
    return this.#done
  }

  /** Starts it, the first time within this turn of the event loop, and resolves when it has ended for good. */
  run(): Promise<Termination> {
    this.#finished ??= this.#runAll()
    return this.#finished
  }

  /** It will not be started: tells why. */
  skip(reason: string): void {
    if (this.#finished !== null) return
    const termination = { ...notStarted, message: reason }
    this.#end(termination)
    this.#finished = Promise.resolve(termination)
  }

  /** Asks it to end, kills it when the time is over, and resolves when it has ended for good. */
  async stop(graceInMs: number, stopSignal: NodeJS.Signals): Promise<void> {
    this.#stopping = true
    this.#endPause()
    this.skip('it was stopped before it started')
    await this.#endMain(graceInMs, stopSignal)
    await this.#finished
  }

  /** Signals its main process. */
  signal(signal: NodeJS.Signals): void {
    this.#main?.signal(signal)
  }

  /** Ends it as {@link stop} does and starts it at once, whatever its restart policy; resolves when it has started. */
  async restart(graceInMs: number): Promise<void> {
    const started = new Promise<void>((resolve) => this.#onceStarted.add(resolve))
    this.#restartRequested = this.#main !== null
    this.#endPause()
    await this.#endMain(graceInMs, 'SIGTERM')
    await started
  }

  async #runAll(): Promise<Termination> {
    const backoff = new RestartBackoff(this.record)
    for (;;) {
      const termination = await this.#runOnce()
      const requested = this.#restartRequested
      this.#restartRequested = false
      const pauseInMs = requested ? 0 : backoff.next(termination)
      if (this.#stopping || pauseInMs === null) {
        this.#end(termination)
        await killMarkedProcesses(this.#context.record.uid, this.record.name)
        return termination
      }
      this.#wait(termination)
      // What the instance left behind must be gone before the next, which could not be told from it.
      await killMarkedProcesses(this.#context.record.uid, this.record.name)
      if (pauseInMs > 0 && !this.#stopping) await this.#pause(pauseInMs)
      if (this.#stopping) {
        this.#end(termination)
        return termination
      }
    }
  }

  async #runOnce(): Promise<Termination> {
    const { name } = this.record
    this.#context.addEvent('starting', name)
    const attempt = this.#spawn()
    const outcome = attempt instanceof Promise ? await attempt : attempt
    if ('message' in outcome) return this.#failStart(outcome.exitCode, outcome.message)
    let main: RunningProcess
    try {
      main = new RunningProcess(name, 'main', outcome.child, outcome.pid)
    } catch (error) {
      return this.#failStart(null, `its process could not be noted: ${messageOf(error)}`)
    }
    this.#main = main
    const { pid, startedAtInUs } = main
    const { restartCount, lastTermination } = this.#state
    this.#state = {
      ...waitingContainer(name),
      state: 'running',
      waitingFor: null,
      pid,
      startedAtInUs,
      restartCount,
      lastTermination,
    }
    this.#context.addEvent('started', name, `process ${pid}`, startedAtInUs)
    this.#tellStarted()
    // A program that closes its stdin early is its own affair.
    outcome.child.stdin?.on('error', () => {})
    for (const stream of ['stdout', 'stderr'] as const) {
      const source = { containerIndex: this.#index, stream, instance: restartCount }
      outcome.child[stream]?.on('data', (chunk: Buffer) => {
        this.#context.log.append({ ...source, timeInUs: nowInUs() }, chunk)
      })
    }
    const end = await main.exited
    for (const execution of this.executions) execution.kill()
    await main.drain(this.#context.record.uid, name)
    this.#main = null
    this.#context.addEvent('exited', name, end.signal ?? `code ${end.exitCode}`, end.finishedAtInUs)
    const reason = end.exitCode === 0 ? 'completed' : 'failed'
    return { ...end, startedAtInUs, reason, message: null }
  }

  #failStart(exitCode: number | null, message: string): Termination {
    this.#context.addEvent('start-failed', this.record.name, message)
    return { ...notStarted, exitCode, reason: 'start-failed', message }
  }

  #spawn() {
    const { name, image, command, args, workingDirectory, stdin } = this.record
    const call = commandLine(image, command, args)
    const lifeline = { BERTH_LIFELINE_FD: String(lifelineDescriptor) }
    return spawnProgram({
      file: call.file,
      args: call.args,
      cwd: resolveInRoot(groupPaths('.').root(name), workingDirectory),
      env: containerEnvironment(this.#context, name, call.ownScript ? lifeline : {}),
      stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe', ...(call.ownScript ? (['pipe'] as const) : [])],
    })
  }

  async #endMain(graceInMs: number, stopSignal: NodeJS.Signals): Promise<void> {
    const main = this.#main
    if (main === null) return
    this.#context.addEvent('stopping', this.record.name, stopSignal)
    if (graceInMs > 0) {
      main.signal(stopSignal)
      if (await settledWithin(main.exited, graceInMs)) return
    }
    this.#context.addEvent('killing', this.record.name)
    main.kill()
    await main.exited
  }

  #wait(termination: Termination): void {
    this.#state = {
      ...waitingContainer(this.record.name),
      waitingFor: 'restart-backoff',
      restartCount: this.#state.restartCount + 1,
      lastTermination: termination,
    }
    this.#context.addEvent('restarting', this.record.name)
  }

  #end(termination: Termination): void {
    const { restartCount, lastTermination, startedAtInUs } = this.#state
    this.#state = {
      ...waitingContainer(this.record.name),
      state: 'terminated',
      waitingFor: null,
      startedAtInUs,
      termination,
      restartCount,
      lastTermination,
    }
    this.#done = true
    this.#tellStarted()
    this.#context.log.tell()
    this.#context.changed()
  }

  /** Also when it will never start again: nobody shall wait for that. */
  #tellStarted(): void {
    for (const resolve of this.#onceStarted) resolve()
    this.#onceStarted.clear()
  }

  #pause(timeInMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeInMs)
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

const notStarted: Termination = {
  exitCode: null,
  signal: null,
  startedAtInUs: null,
  finishedAtInUs: null,
  reason: 'not-started',
  message: null,
}
