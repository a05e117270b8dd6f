import { type AttachOptions, attach } from './attach.ts'
import { createGroup } from './create-group.ts'
import { type ExecuteOptions, type Execution, execute } from './execute.ts'
import { type FollowOptions, followGroup } from './follow-group.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import type { GroupSpec } from './group-spec.ts'
import { writeLabels } from './labels.ts'
import type { LogRecord } from './log-format.ts'
import { listGroups, readGroup, readSnapshot, requireGroup } from './read-group.ts'
import { type LogOptions, readLogs } from './read-logs.ts'
import { type RemoveOptions, removeGroup } from './remove-group.ts'
import { RunnerError, systemErrorCode } from './runner-error.ts'
import { defaultStateDirectory, stateDirectory } from './state-directory.ts'
import { askUntilAnswered, type StopOptions, stopGroup } from './stop-group.ts'
import { validateLabel } from './validate-group-spec.ts'
import { type GroupChange, watchGroups } from './watch-groups.ts'

/** Which group is meant where another may have taken the name since. */
export interface GroupChoice {
  /** Only the group with this uid; another of the same name is as good as absent. */
  readonly uid?: string | undefined
}

/**
 * Groups of child processes, kept in a directory. Every runner on the same directory, in whatever process, sees and
 * controls the same groups: each is run by a supervisor of its own, which outlives whoever started it.
 *
 * There is no isolation: a container is a program that runs on this machine as this user, with a directory, an
 * environment and a process group of its own. Its output streams are sockets, so `echo >&2` works and opening
 * `/dev/stderr` does not. Complete on Linux; on macOS a process that leaves its process group is not found again; on
 * Windows the same calls work as far as its processes and signals allow, untried.
 */
export interface ProcessRunner {
  /** The absolute path of the state directory. */
  readonly directory: string
  /**
   * Makes and starts a group; resolves when its first processes were spawned and its ports are known.
   * @throws TypeError, RangeError; RunnerError `conflict`, `unknown-image`, `start-failed`, `unavailable`
   */
  create(spec: GroupSpec, options?: { readonly signal?: AbortSignal | undefined }): Promise<GroupSnapshot>
  /** A group as it is now; null where absent. */
  get(name: string, options?: GroupChoice): Promise<GroupSnapshot | null>
  /** Every group as it is now, oldest first. */
  list(): Promise<GroupSnapshot[]>
  /** Every change of every group, after a full list; ends when `signal` does, with its reason. */
  watch(options?: { readonly signal?: AbortSignal | undefined }): AsyncGenerator<GroupChange>
  /** One group as it is now and at each change, until it has ended, is lost or removed. RunnerError `not-found`. */
  follow(name: string, options?: FollowOptions): AsyncGenerator<GroupSnapshot>
  /** Sets labels; null deletes one. RunnerError `not-found`. */
  label(name: string, patch: Readonly<Record<string, string | null>>, options?: GroupChoice): Promise<void>
  /** Ends every container; resolves when nothing of the group runs. RunnerError `not-found`. */
  stop(name: string, options?: StopOptions & GroupChoice): Promise<GroupSnapshot>
  /**
   * Signals the main process of one container, or of every one that runs.
   * @throws RunnerError `not-found`, `not-running`
   */
  kill(
    name: string,
    signalName: NodeJS.Signals,
    options?: GroupChoice & { readonly container?: string | undefined },
  ): Promise<void>
  /**
   * Ends one container, or every one that runs, and starts it again in place; resolves when it runs. Its restart count
   * grows. RunnerError `not-found`, `not-running` (a group that has ended does not start again).
   */
  restart(
    name: string,
    options?: GroupChoice & {
      readonly container?: string | undefined
      /** Default 10 000. */
      readonly graceInMs?: number | undefined
      readonly signal?: AbortSignal | undefined
    },
  ): Promise<GroupSnapshot>
  /** Ends whatever the group runs and deletes it. True where it was there; false, and no error, where it was not. */
  remove(name: string, options?: RemoveOptions): Promise<boolean>
  /** The output of a group, byte for byte. RunnerError `not-found`. */
  logs(name: string, options?: LogOptions & GroupChoice): AsyncGenerator<LogRecord>
  /** Runs a program in a running container. RunnerError `not-found`, `not-running`. */
  execute(name: string, options: ExecuteOptions & GroupChoice): Promise<Execution>
  /** Joins the main process of a running container. RunnerError `not-found`, `not-running`. */
  attach(name: string, options: AttachOptions & GroupChoice): Promise<Execution>
}

/** Where a runner keeps its groups. */
export interface ProcessRunnerOptions {
  /** The state directory. Default: `$XDG_RUNTIME_DIR/berth-process-<uid>`, else the same in the temporary directory. */
  readonly directory?: string | undefined
}

/** A runner on a state directory. Making one does no I/O. */
export function processRunner(options: ProcessRunnerOptions = {}): ProcessRunner {
  const state = stateDirectory(options.directory ?? defaultStateDirectory())
  return {
    directory: state.path,
    create: (spec, { signal } = {}) => createGroup(state, spec, signal),
    get: (name, { uid } = {}) => readGroup(state, name, uid),
    list: () => listGroups(state),
    watch: ({ signal } = {}) => watchGroups(state, signal),
    follow: (name, options) => followGroup(state, name, options),
    async label(name, patch, { uid } = {}) {
      for (const [key, value] of Object.entries(patch)) if (value !== null) validateLabel(key, value)
      const { directory } = await requireGroup(state, name, uid)
      try {
        writeLabels(directory, patch)
      } catch (error) {
        if (systemErrorCode(error) !== 'ENOENT') throw error
        throw new RunnerError('not-found', `group ${name} was removed meanwhile`, { cause: error })
      }
    },
    stop: async (name, options = {}) => stopGroup(await requireGroup(state, name, options.uid), options),
    async kill(name, stopSignal, { container = null, uid } = {}) {
      const found = await requireGroup(state, name, uid)
      const answer = await askUntilAnswered(found, { operation: 'kill', container, stopSignal })
      if (answer === null) throw notRunning(name)
    },
    async restart(name, { container = null, graceInMs = 10_000, signal, uid } = {}) {
      const found = await requireGroup(state, name, uid)
      const answer = await askUntilAnswered(found, { operation: 'restart', container, graceInMs }, signal)
      if (answer === null) throw notRunning(name)
      return readSnapshot(found)
    },
    remove: (name, options) => removeGroup(state, name, options),
    async *logs(name, options = {}) {
      yield* readLogs(await requireGroup(state, name, options.uid), options)
    },
    execute: async (name, options) => execute(await requireGroup(state, name, options.uid), options),
    attach: async (name, options) => attach(await requireGroup(state, name, options.uid), options),
  }
}

function notRunning(name: string): RunnerError {
  return new RunnerError('not-running', `group ${name} has ended, and no supervisor watches it`)
}
