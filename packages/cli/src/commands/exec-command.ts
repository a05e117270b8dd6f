import { BerthError, type ExecResult, type Session } from '@berth/core'
import { parseAssignment } from '../arguments/parse-assignment.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { findRun } from '../providers/find-run.ts'
import { joinTerminal } from './join-terminal.ts'

export interface ExecFlags {
  readonly on: readonly string[]
  readonly interactive?: true | undefined
  readonly tty?: true | undefined
  readonly container?: string | undefined
  readonly env: readonly string[]
  readonly user?: string | undefined
  readonly workdir?: string | undefined
}

/** What every exec of ours can be asked for; a cloud without one of it answers `unsupported`. */
interface Executing {
  exec(command: readonly string[], options: object): Promise<ExecResult>
  openExec(command: readonly string[], options: object): Promise<Session>
}

/** `berth exec`: runs a command in a run's container; its exit code is ours. */
export async function execCommand(
  { output, interruption, providers }: Invocation,
  id: string,
  command: readonly string[],
  flags: ExecFlags,
): Promise<number> {
  const { tty = false, interactive = false, container, user, workdir } = flags
  if (tty && !process.stdin.isTTY)
    throw new UsageError('-t needs a terminal as its input; leave it out, or use -i alone')
  if (output.json && (tty || interactive))
    throw new UsageError('--json collects the output; it goes without -i and -t')
  const env = Object.fromEntries(
    flags.env.map((text) => {
      const { key, value = process.env[key] ?? '' } = parseAssignment(text, '--env')
      return [key, value]
    }),
  )
  const { signal } = interruption
  const { run } = await findRun(id, providers, { on: flags.on, signal })
  if (!run.supports('exec')) {
    throw new BerthError({
      code: 'unsupported',
      message: `${run.provider} cannot run commands in a container that runs`,
    })
  }
  // Which of the options its cloud honours is checked when it is called: the type of an unknown cloud has none of them.
  const executing = run as unknown as Executing
  const options = { container, user, env, workingDirectory: workdir, tty, signal }
  if (output.json) {
    const { exitCode, signal: by, stdout, stderr } = await executing.exec(command, options)
    output.document({ exitCode: exitCode ?? null, signal: by ?? null, stdout, stderr })
    return asExitCode(exitCode, by)
  }
  const session = await executing.openExec(command, options)
  const exit = await joinTerminal(session, { tty, interactive, signal })
  if (exit.exitCode === undefined && exit.signal === undefined) {
    output.note(`${run.provider} does not tell the exit code of a command`)
  }
  return asExitCode(exit.exitCode, exit.signal)
}

/** A command ended by a signal shows as a shell shows it; what is not told counts as done. */
function asExitCode(exitCode: number | undefined, signal: string | undefined): number {
  if (exitCode !== undefined) return exitCode
  return signal === undefined ? 0 : 128 + (SIGNAL_NUMBERS[signal] ?? 0)
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
}
