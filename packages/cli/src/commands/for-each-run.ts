import { BerthError } from '@berth/core'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { type ErrorJson, errorJson } from '../output/error-json.ts'
import { formatError } from '../output/format-error.ts'
import { findRun } from '../providers/find-run.ts'
import type { LocatedRun } from '../providers/list-runs.ts'
import { idOf } from '../providers/open-provider.ts'

export interface RunAction {
  /** Where the runs are looked for, as `--on` gave it. */
  readonly on: readonly string[]
  /** What it is called when it is done, and the field of the JSON document: `removed`. */
  readonly done: string
  /** Whether a run that is not there is as good as done. Default false. */
  readonly absentIsDone?: boolean | undefined
  act(located: LocatedRun): Promise<void>
}

/** Does something to each run named. One that fails does not keep the others from it; the exit code tells that one did. */
export async function forEachRun(
  { output, interruption, providers }: Invocation,
  ids: readonly string[],
  action: RunAction,
): Promise<number> {
  const { signal } = interruption
  // All are looked up first: a word that means several runs must not be found out half-way.
  const found = await Promise.all(
    ids.map(async (id) => {
      try {
        return { id, located: await findRun(id, providers, { on: action.on, signal }) }
      } catch (error) {
        if (error instanceof UsageError || signal.aborted) throw error
        return { id, error }
      }
    }),
  )
  const done: string[] = []
  const failed: { readonly id: string; readonly error: ErrorJson }[] = []
  const fail = (id: string, error: unknown) => {
    signal.throwIfAborted()
    failed.push({ id, error: errorJson(error) })
    output.note(formatError(error))
  }
  await Promise.all(
    found.map(async ({ id, located, error }) => {
      if (located === undefined) {
        if (!(action.absentIsDone && BerthError.isInstance(error) && error.code === 'not-found'))
          fail(id, error)
        return
      }
      const fullId = idOf(located.on, located.run)
      try {
        await action.act(located)
        done.push(fullId)
        output.print(fullId)
      } catch (thrown) {
        fail(fullId, thrown)
      }
    }),
  )
  if (output.json) output.document({ [action.done]: done, failed })
  return failed.length === 0 ? EXIT_CODE.done : EXIT_CODE.failed
}
