import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { systemErrorCode } from '../runner-error.ts'

/** A process that began, or why it could not. */
export type SpawnOutcome =
  | { readonly child: ChildProcess; readonly pid: number }
  | { readonly exitCode: 126 | 127; readonly message: string }

export interface ProgramCall {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Record<string, string>
  /** stdin, stdout, stderr and what comes after them. */
  readonly stdio: ('pipe' | 'ignore')[]
}

/** Starts a program in a session and process group of its own, so that all that it starts can be ended with it. */
export function spawnProgram(call: ProgramCall): SpawnOutcome | Promise<SpawnOutcome> {
  const child = spawn(call.file, call.args, {
    cwd: call.cwd,
    env: call.env,
    stdio: call.stdio,
    detached: true,
    windowsHide: true,
  })
  // Within the same turn, so that the caller can note the process before anything else happens.
  if (child.pid !== undefined) return { child, pid: child.pid }
  return once(child, 'error').then(([error]) => explainFailure(call, error))
}

/** The exit codes that a shell gives: 127 for a program that is not there, 126 for one that cannot be run. */
function explainFailure({ file, cwd }: ProgramCall, error: unknown): SpawnOutcome {
  const code = systemErrorCode(error)
  if (!existsSync(cwd)) return { exitCode: 126, message: `the working directory ${cwd} is not there` }
  if (code === 'ENOENT')
    return { exitCode: 127, message: `no program ${JSON.stringify(file)} on this machine` }
  return { exitCode: 126, message: `${JSON.stringify(file)} cannot be run: ${code ?? 'unknown reason'}` }
}
