import { BerthError } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'
import { type LocatedRun, listRuns } from './list-runs.ts'
import { idOf, type OpenProvider } from './open-provider.ts'
import type { ProviderSet } from './provider-set.ts'

/**
 * The run that a user means by `provider/ref`, a name, or the beginning of one of them that only one run has.
 *
 * @throws UsageError with the candidates where several begin so
 * @throws BerthError `not-found` where none does
 */
export async function findRun(
  text: string,
  providers: ProviderSet,
  signal: AbortSignal,
): Promise<LocatedRun> {
  const named = await namedProvider(text, providers)
  const searched = named ? [named.on] : await providers.select([])
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
