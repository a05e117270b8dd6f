import { parseList } from '../arguments/parse-list.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { listRuns } from '../providers/list-runs.ts'
import { idOf } from '../providers/open-provider.ts'
import { forEachRun } from './for-each-run.ts'

export interface RmFlags {
  readonly force?: true | undefined
  readonly all?: true | undefined
  readonly on: readonly string[]
}

/** `berth rm`: removes runs and all that was made for them, running or not, and waits until they are gone. */
export async function rmCommand(
  invocation: Invocation,
  ids: readonly string[],
  flags: RmFlags,
): Promise<number> {
  const { interruption } = invocation
  return await forEachRun(invocation, flags.all ? await allIds(invocation, ids, flags) : named(ids), {
    on: flags.on,
    done: 'removed',
    absentIsDone: flags.force,
    act: ({ run }) => run.remove({ signal: interruption.signal }),
  })
}

function named(ids: readonly string[]): readonly string[] {
  if (ids.length > 0) return ids
  throw new UsageError("name the runs to remove ('berth ps' lists them), or --all --force for every one")
}

/** `--all` alone only says what would go: half of those who type it do not know what others have running. */
async function allIds(
  { providers, interruption, output }: Invocation,
  ids: readonly string[],
  { force, on }: RmFlags,
): Promise<readonly string[]> {
  if (ids.length > 0) throw new UsageError('name the runs to remove, or give --all; not both')
  const { runs, unreachable } = await listRuns(await providers.select(parseList(on)), interruption.signal)
  for (const { provider, error } of unreachable) output.note(`${provider} could not be asked: ${error}`)
  if (!force && runs.length > 0) {
    throw new UsageError(
      `--all would remove ${runs.length} runs, whoever started them; add --force if that is meant`,
      {
        candidates: runs.map(({ on: provider, run }) => `${idOf(provider, run)}  ${run.name}  ${run.image}`),
      },
    )
  }
  return runs.map(({ on: provider, run }) => idOf(provider, run))
}
