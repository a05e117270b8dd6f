import { PassThrough, type Readable } from 'node:stream'
import type { ProcessRunner, Execution as RunnerExecution } from '@berth/process/runner'
import { type Ended, type ExecOptions, type Execution, StartError } from '../backend.ts'
import { exitCodeOf } from '../exit-code.ts'
import { MAIN } from './main-container.ts'
import { mapRunnerError } from './map-runner-error.ts'

/**
 * Runs a program beside the main process. There is no terminal on this backend: with `tty` both outputs come as one, and nothing else is
 * different.
 */
export async function executeProcess(
  runner: ProcessRunner,
  group: string,
  command: readonly string[],
  { tty, stdin, env, workingDirectory }: ExecOptions,
): Promise<Execution> {
  const leave = new AbortController()
  const options = { container: MAIN, command, env, workingDirectory, signal: leave.signal }
  const running = await runner.execute(group, options).catch(rethrowMapped)
  // One that could not be started has its result at once.
  const early = await Promise.race([running.exited, null])
  if (early !== null && early.failure !== null) {
    throw new StartError(early.exitCode === 127 ? 'not-found' : 'not-executable', early.failure)
  }
  if (!stdin) running.stdin.end()
  const exited = running.exited.then(
    ({ exitCode, signal }) => ({
      exitCode: exitCode ?? exitCodeOf(signal ?? ''),
      ...(signal !== null && { signal }),
    }),
    (error: unknown) => {
      if (leave.signal.aborted) return { exitCode: exitCodeOf('SIGKILL'), signal: 'SIGKILL' }
      throw error
    },
  )
  exited.catch(() => {}) // told to whoever waits for it
  return {
    stdin: running.stdin,
    ...(tty ? mergeOutputs(running) : { stdout: running.stdout, stderr: running.stderr }),
    exited,
    async resize() {},
    async close() {
      leave.abort(new Error('the execution was closed'))
    },
  }
}

/** Joins the main process; its input is there where the container was started with `stdin`. */
export async function attachToProcess(
  runner: ProcessRunner,
  group: string,
  { stdin }: { readonly stdin: boolean },
  ended: Promise<Ended>,
): Promise<Execution> {
  const leave = new AbortController()
  const options = { container: MAIN, stdin, signal: leave.signal }
  const joined = await runner.attach(group, options).catch(rethrowMapped)
  return {
    stdin: joined.stdin,
    stdout: joined.stdout,
    stderr: joined.stderr,
    exited: ended,
    async resize() {},
    async close() {
      leave.abort(new Error('the connection to the container was closed'))
    },
  }
}

function rethrowMapped(error: unknown): never {
  throw mapRunnerError(error)
}

function mergeOutputs({ stdout, stderr }: RunnerExecution): { stdout: Readable; stderr: Readable } {
  const merged = new PassThrough()
  const none = new PassThrough().end()
  let open = 2
  for (const output of [stdout, stderr]) {
    output.pipe(merged, { end: false })
    output.once('close', () => {
      open -= 1
      if (open === 0) merged.end()
    })
  }
  return { stdout: merged, stderr: none }
}
