import { UsageError } from '../invocation/usage-error.ts'
import { knownProviders } from './known-providers.ts'
import { type LoadedConfig, loadConfig } from './load-config.ts'
import { nearNames } from './near-names.ts'
import type { OpenProvider } from './open-provider.ts'

/**
 * The providers of one call of the command: those of the configuration file, and those that need none. An adapter is loaded when its
 * provider is first asked for.
 */
export class ProviderSet {
  readonly #directory: string
  readonly #open = new Map<string, Promise<OpenProvider>>()
  #config: Promise<LoadedConfig | undefined> | undefined

  /** @param directory where a configuration file may stand */
  constructor(directory: string) {
    this.#directory = directory
  }

  /** The configuration file, where there is one. Throws UsageError for one that cannot be used. */
  config(): Promise<LoadedConfig | undefined> {
    this.#config ??= loadConfig(this.#directory)
    return this.#config
  }

  /** The names of all that is configured: those of the file, or, without one, those of the conventions that this machine is set up for. */
  async configuredNames(): Promise<readonly string[]> {
    const config = await this.config()
    if (config) return Object.keys(config.providers)
    return knownProviders.filter(({ isConfigured }) => isConfigured(process.env)).map(({ name }) => name)
  }

  /** Every name that can be asked for. */
  async names(): Promise<readonly string[]> {
    return [...new Set([...(await this.configuredNames()), ...knownProviders.map(({ name }) => name)])]
  }

  /** The provider of a name. Throws UsageError with the nearest names for one that is none. */
  open(name: string): Promise<OpenProvider> {
    const open = this.#open.get(name) ?? this.#openNew(name)
    this.#open.set(name, open)
    return open
  }

  /** The named providers, or all that are configured. */
  async select(names: readonly string[]): Promise<readonly OpenProvider[]> {
    const wanted = names.length > 0 ? [...new Set(names)] : await this.configuredNames()
    return await Promise.all(wanted.map((name) => this.open(name)))
  }

  /** Lets go of every connection. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values())
    await Promise.allSettled(
      opened.map(async (each) => each.status === 'fulfilled' && (await each.value.provider.close())),
    )
  }

  async #openNew(name: string): Promise<OpenProvider> {
    const config = await this.config()
    const configured = config && Object.hasOwn(config.providers, name) ? config.providers[name] : undefined
    if (config && configured) return { name, source: config.file, provider: configured }
    const known = knownProviders.find((each) => each.name === name)
    if (known === undefined) throw await this.#unknown(name)
    try {
      return { name, source: 'convention', provider: await known.open() }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
      throw new UsageError(
        `provider '${name}' needs ${known.packageName}: npm install ${known.packageName}`,
        {
          cause: error,
        },
      )
    }
  }

  async #unknown(name: string): Promise<UsageError> {
    const names = await this.names()
    const near = nearNames(name, names)
    return new UsageError(
      `no provider is called '${name}'; ${near.length > 0 ? 'did you mean' : 'there are'}`,
      {
        candidates: near.length > 0 ? near : names,
      },
    )
  }
}
