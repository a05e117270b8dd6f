import type { Output } from '../output/output.ts'
import { knownProviders } from './known-providers.ts'
import type { OpenProvider } from './open-provider.ts'
import type { ProviderSet } from './provider-set.ts'

/** An engine that does not answer by then is not what a user without `--on` wants to wait for. */
const CHECK_LIMIT = '3s'

/**
 * Where a start without `--on` goes: the first provider of the configuration file, else the first convention that costs nothing and is
 * reachable, and the last of these whatever it says. Says which, and why.
 */
export async function defaultProvider(
  providers: ProviderSet,
  output: Output,
  signal: AbortSignal,
): Promise<OpenProvider> {
  const config = await providers.config()
  const [first] = await providers.configuredNames()
  if (config && first !== undefined) {
    output.note(`on ${first}, the first provider of ${config.file} (--on chooses another)`)
    return await providers.open(first)
  }
  const names = knownProviders.filter(({ billed }) => !billed).map(({ name }) => name)
  const passedOver: string[] = []
  for (const name of names.slice(0, -1)) {
    const open = await providers.open(name)
    const { status, items } = await open.provider.check({ signal, timeout: CHECK_LIMIT })
    if (status !== 'failed') {
      output.note(`on ${name}, which is reachable (--on chooses another)`)
      return open
    }
    const failed = items.find((item) => item.status === 'failed')
    passedOver.push(`${name} is not: ${firstLine(failed?.detail ?? 'it cannot be used')}`)
  }
  const last = names.at(-1) ?? 'process'
  output.note(
    `on ${last}, which is always there; ${passedOver.join('; ')} ('berth doctor' says how to mend it)`,
  )
  return await providers.open(last)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
