import { BerthError, type CallContext, type ExecOptions, type Session } from '@berth/core'
import type { ExecutionResult, ProcessRunner } from './runner/index.ts'

/** Runs a program beside a container's own, with open streams. */
export async function openProcessSession(
  runner: ProcessRunner,
  ref: string,
  command: readonly string[],
  options: ExecOptions,
  { signal }: CallContext,
): Promise<Session> {
  if (options.user !== undefined) {
    throw new BerthError({
      code: 'unsupported',
      message: `exec as user '${options.user}': child processes run as the user who started them; leave 'user' out`,
    })
  }
  const ending = new AbortController()
  const execution = await runner.execute(ref, {
    container: options.container ?? 'main',
    command,
    env: options.env,
    workingDirectory: options.workingDirectory,
    signal: AbortSignal.any([signal, ending.signal]),
  })
  const exited = execution.exited.then((result) => toExit(result, command))
  // Whoever only reads the streams need not wait for the exit.
  exited.catch(() => {})
  const close = async () => {
    ending.abort(new Error('the session was closed'))
    await execution.exited.catch(() => {})
  }
  return {
    stdin: execution.stdin,
    stdout: execution.stdout,
    stderr: execution.stderr,
    exited,
    resize: async () => {},
    close,
    [Symbol.asyncDispose]: close,
  }
}

function toExit({ exitCode, signal, failure }: ExecutionResult, command: readonly string[]) {
  if (failure !== null) {
    throw new BerthError({
      code: 'start-failed',
      message: `${command[0]} could not be started: ${failure}; is it installed on this machine and on PATH?`,
    })
  }
  return { exitCode: exitCode ?? undefined, signal: signal ?? undefined }
}
