import { PassThrough, type Readable } from 'node:stream'
import { type ProcessRunner, RunnerError, type Execution as RunnerExecution } from '@berth/process/runner'
import { type Ended, type ExecOptions, type Execution, StartError } from '../backend.ts'
import { exitCodeOf } from '../exit-code.ts'
import { MAIN } from './main-container.ts'

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
  const running = await orStartError(
    runner.execute(group, { container: MAIN, command, env, workingDirectory, signal: leave.signal }),
  )
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
  const joined = await orStartError(runner.attach(group, { container: MAIN, stdin, signal: leave.signal }))
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

async function orStartError(call: Promise<RunnerExecution>): Promise<RunnerExecution> {
  try {
    return await call
  } catch (error) {
    if (RunnerError.isInstance(error)) {
      throw new StartError(error.code === 'not-running' ? 'not-running' : 'refused', error.message, {
        cause: error,
      })
    }
    if (error instanceof TypeError) throw new StartError('refused', error.message, { cause: error })
    throw error
  }
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
