import type { AdapterDefinition } from '../contract/adapter.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import { type Duration, durationInMs } from '../contract/duration.ts'
import type { Provider } from '../contract/provider.ts'
import { ProviderHandle } from './provider-handle.ts'

const SHORTEST_LEASE_IN_MS = 100

/** The options that every provider takes besides its own. */
export interface ProviderOptions {
  /** What its runs' ids begin with; tells two accounts of one cloud apart. No `/`. Default: the adapter's name. */
  readonly name?: string | undefined
  /**
   * How long a lease of lifetime `'scope'` lasts between renewals, and so how long a crashed process' runs live on at the most. Default: the
   * adapter's, by what a renewal costs there.
   */
  readonly lease?: Duration | undefined
}

/** The arguments of a provider's factory: its options may be left out where none is required. */
type FactoryArguments<Options> =
  Record<never, never> extends Options
    ? [options?: Options & ProviderOptions]
    : [options: Options & ProviderOptions]

/**
 * Makes the factory that an adapter package exports: `export const docker = defineProvider<DockerCapabilities, DockerOptions>({ … })`.
 * The factory does no I/O. It throws TypeError or RangeError for options that cannot be.
 */
export function defineProvider<C extends Capabilities, Options extends object = Record<never, never>>(
  definition: AdapterDefinition<C, Options>,
): (...factoryArguments: FactoryArguments<Options>) => Provider<C> {
  return (...[options]) => {
    const {
      name = definition.capabilities.name,
      lease,
      ...own
    } = (options ?? {}) as Options & ProviderOptions
    if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
      throw new TypeError(
        `provider name '${name}' must be letters, digits, '.', '_' and '-' only: it begins its runs' ids`,
      )
    }
    const leaseInMs = lease === undefined ? undefined : durationInMs(lease, 'lease')
    if (leaseInMs !== undefined && leaseInMs < SHORTEST_LEASE_IN_MS) {
      throw new RangeError(
        `lease: ${lease} is too short to be renewed in time; take ${SHORTEST_LEASE_IN_MS} ms at least`,
      )
    }
    const adapter = definition.connect(own as unknown as Options)
    return new ProviderHandle({
      name,
      capabilities: definition.capabilities,
      adapter,
      leaseInMs: leaseInMs ?? adapter.lease.lengthInMs,
    })
  }
}
