import { parseInstant } from '../arguments/parse-instant.ts'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { findRun } from '../providers/find-run.ts'
import { followOutput } from '../start/follow-output.ts'

export interface LogsFlags {
  readonly on: readonly string[]
  readonly follow?: true | undefined
  readonly since?: string | undefined
  readonly tail?: string | undefined
  readonly container?: string | undefined
  readonly previous?: true | undefined
  readonly timestamps?: true | undefined
}

/** `berth logs`: a run's output, now or as it comes. */
export async function logsCommand(
  { output, interruption, providers }: Invocation,
  id: string,
  flags: LogsFlags,
): Promise<number> {
  const since = flags.since === undefined ? undefined : parseInstant(flags.since, '--since')
  const tail = flags.tail === undefined ? undefined : lineCount(flags.tail)
  const { signal } = interruption
  const { run } = await findRun(id, providers, { on: flags.on, signal })
  const { follow = false, previous = false, timestamps = false, container } = flags
  await followOutput(run, output, { signal, follow, previous, timestamps, container, since, tail })
  return EXIT_CODE.done
}

function lineCount(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new UsageError(`--tail ${text} is no number of lines`)
}
