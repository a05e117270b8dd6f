import type { Readable, Writable } from 'node:stream'
import { openExecution } from './execution-connection.ts'
import type { FoundGroup } from './read-group.ts'
import { resolveInRoot } from './resolve-in-root.ts'
import { RunnerError } from './runner-error.ts'
import { askSupervisor } from './supervisor-connection.ts'
import { validateEnvironment } from './validate-group-spec.ts'

/** What is run in a container beside its own program. */
export interface ExecuteOptions {
  readonly container: string
  /** The program, found on PATH, and its arguments. */
  readonly command: readonly string[]
  /** Variables beside those of the container. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Taken from the container's own directory. Default: the container's. */
  readonly workingDirectory?: string | undefined
  /** Kills the program and rejects `exited` with the reason. */
  readonly signal?: AbortSignal | undefined
}

/** How an executed program ended. */
export interface ExecutionResult {
  /** null when a signal ended it; 127 when there is no such program and 126 when it cannot be run. */
  readonly exitCode: number | null
  readonly signal: string | null
  /** Why it could not be started; null otherwise. */
  readonly failure: string | null
}

/**
 * A program that runs in a container. Both outputs must be read (or resumed): a program whose output nobody takes
 * waits. It ends with its connection, hence also with the process that started it.
 */
export interface Execution {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves when it has ended and all its output has arrived. RunnerError `unavailable` when the supervisor is gone. */
  readonly exited: Promise<ExecutionResult>
  /** Signals the program. Nothing happens when it has ended. */
  kill(signalName: NodeJS.Signals): void
}

/**
 * Runs a program of this machine in a running container: with its environment, in its directory, ended with it.
 * @throws RunnerError `not-found`, `not-running`; TypeError; the reason of `signal`
 */
export async function execute(found: FoundGroup, options: ExecuteOptions): Promise<Execution> {
  const { container, command, env = {}, workingDirectory, signal } = options
  if (command.length === 0 || command[0] === '' || command.some((part) => part.includes('\0'))) {
    throw new TypeError('command must name a program, and holds no zero byte')
  }
  validateEnvironment(`exec in ${container}`, env)
  resolveInRoot('/', workingDirectory ?? '')
  signal?.throwIfAborted()
  const request = {
    operation: 'exec',
    container,
    command,
    env,
    workingDirectory: workingDirectory ?? null,
  } as const
  const socket = await askSupervisor(found, request)
  if (socket === null) {
    throw new RunnerError(
      'not-running',
      `container ${container} of group ${found.record.name} is not running`,
    )
  }
  return openExecution(socket, signal)
}
