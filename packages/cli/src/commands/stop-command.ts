import { parseDuration } from '../arguments/parse-duration.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { forEachRun } from './for-each-run.ts'

export interface StopFlags {
  readonly on: readonly string[]
  readonly grace?: string | undefined
}

/** `berth stop`: asks the processes to end, and kills them after the grace. The runs stay, with their logs, until they are removed. */
export async function stopCommand(
  invocation: Invocation,
  ids: readonly string[],
  flags: StopFlags,
): Promise<number> {
  const grace = flags.grace === undefined ? undefined : parseDuration(flags.grace, '--grace')
  const { signal } = invocation.interruption
  return await forEachRun(invocation, ids, {
    on: flags.on,
    done: 'stopped',
    act: ({ run }) => run.stop({ signal, ...(grace !== undefined && { grace }) }),
  })
}
