import { BerthError } from '@berth/core'
import { parseList } from '../arguments/parse-list.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { type LocatedRun, listRuns } from './list-runs.ts'
import { idOf, type OpenProvider } from './open-provider.ts'
import type { ProviderSet } from './provider-set.ts'

export interface FindOptions {
  /** `--on` as it was given: only these are asked. Empty: all that are configured. */
  readonly on: readonly string[]
  readonly signal: AbortSignal
}

/**
 * The run that a user means by `provider/ref`, a name, or the beginning of one of them that only one run has.
 *
 * @throws UsageError with the candidates where several begin so, or where the text names another provider than `on` does
 * @throws BerthError `not-found` where none does
 */
export async function findRun(
  text: string,
  providers: ProviderSet,
  { on, signal }: FindOptions,
): Promise<LocatedRun> {
  const only = parseList(on)
  const named = await namedProvider(text, providers)
  if (named && only.length > 0 && !only.includes(named.on.name))
    throw new UsageError(`'${text}' is on ${named.on.name}, and --on says ${only.join(', ')}`)
  const searched = named ? [named.on] : await providers.select(only)
  const wanted = named?.rest ?? text
  if (named) {
    const run = await named.on.provider.get(wanted, { signal })
    if (run) return { on: named.on, run }
  }
  const { runs, unreachable } = await listRuns(searched, signal)
  const matches = matching(runs, wanted)
  const [match] = matches
  if (match && matches.length === 1) return match
  if (match) {
    throw new UsageError(`'${text}' could be ${matches.length} runs; write more of one`, {
      candidates: matches.map(({ on, run }) => `${idOf(on, run)}  ${run.name}  ${run.image}`),
    })
  }
  const unasked = unreachable.map(({ provider, error }) => `${provider} could not be asked: ${error}`)
  const asked = searched
    .map(({ name }) => name)
    .filter((name) => !unreachable.some((each) => each.provider === name))
  throw new BerthError({
    code: unreachable.length > 0 && asked.length === 0 ? 'unavailable' : 'not-found',
    message: [
      `no run '${text}'${asked.length > 0 ? ` on ${asked.join(', ')}` : ''}; 'berth ps' lists those there are`,
      ...unasked,
    ].join('\n  '),
  })
}

/** A whole ref or name beats the beginning of another. */
function matching(runs: readonly LocatedRun[], wanted: string): readonly LocatedRun[] {
  if (wanted === '') return []
  const exact = runs.filter(({ run }) => run.ref === wanted || run.name === wanted)
  if (exact.length > 0) return exact
  return runs.filter(({ run }) => run.ref.startsWith(wanted) || run.name.startsWith(wanted))
}

/** The provider before the first `/`, by its configured name or by what it calls itself. */
async function namedProvider(
  text: string,
  providers: ProviderSet,
): Promise<{ readonly on: OpenProvider; readonly rest: string } | undefined> {
  const slash = text.indexOf('/')
  if (slash < 0) return undefined
  const prefix = text.slice(0, slash)
  const rest = text.slice(slash + 1)
  if ((await providers.names()).includes(prefix)) return { on: await providers.open(prefix), rest }
  const byOwnName = (await providers.select([])).find(({ provider }) => provider.name === prefix)
  return { on: byOwnName ?? (await providers.open(prefix)), rest }
}
