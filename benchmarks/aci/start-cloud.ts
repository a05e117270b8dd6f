import { type AciCapabilities, aci } from '@berth/aci'
import type { Provider } from '@berth/core'
import { type Emulator, startEmulator } from '@berth/emulator'

/** An emulated service on which every start takes the same time. */
export interface Cloud extends AsyncDisposable {
  readonly emulator: Emulator
  createProvider(): Provider<AciCapabilities>
  /** The calls that were made for one run alone since it was ordered. */
  callsOf(name: string): number
  /** Lists, which are made for several. */
  sharedCalls(): number
  /** Asks again and again, beside the provider, until the service tells the run's address; gives the instant on `performance.now()`. */
  watchAddress(name: string, signal: AbortSignal): Promise<number>
}

const MANY = { capacity: 100_000, refillPerSecond: 10_000 }
const ASK_EVERY_MS = 25
/** No client of ours speaks it, so that what watches can be told from what is measured. */
const WATCH_VERSION = '2021-10-01'

export async function startCloud(
  address: 'accepted' | 'succeeded',
  startInMs: number,
  seed: number,
): Promise<Cloud> {
  const emulator = await startEmulator({
    backend: 'process',
    name: `benchmark-aci-${process.pid}`,
    tls: false,
    seed,
    // Most of a start on the real service goes into finding a place and pulling.
    profile: {
      name: 'of a fixed length',
      durations: {
        accepting: 300,
        placing: startInMs / 2,
        pulling: startInMs / 2 - 1_300,
        creating: 500,
        starting: 500,
      },
    },
    dialects: { aci: { address } },
    limits: {
      arm: { reads: MANY, writes: MANY, deletes: MANY },
      aci: { coresARegion: 1_000, groupsARegion: 1_000, createsIn5Minutes: 1_000, deletesIn5Minutes: 1_000 },
    },
  })
  Object.assign(process.env, emulator.environment)
  const token = await askToken(emulator.environment)
  const watch = new AddressWatch(() => listAddresses(emulator.environment, token))
  const calls = () => emulator.requests().filter(({ path }) => !path.includes(WATCH_VERSION))
  return {
    emulator,
    createProvider: () => aci({ quotas: { createsIn5Minutes: 1_000, deletesIn5Minutes: 1_000 } }),
    callsOf: (name) => calls().filter(({ path }) => path.includes(`/containerGroups/${name}`)).length,
    sharedCalls: () =>
      calls().filter(({ operation }) => operation === 'ContainerGroups_ListByResourceGroup').length,
    watchAddress: (name, signal) => watch.wait(name, signal),
    [Symbol.asyncDispose]: () => emulator.close(),
  }
}

/** One loop for all that wait, so that watching a crowd costs the service no more than watching one. */
class AddressWatch {
  readonly #list: () => Promise<ReadonlySet<string>>
  #next: Promise<ReadonlySet<string>> | undefined

  constructor(list: () => Promise<ReadonlySet<string>>) {
    this.#list = list
  }

  async wait(name: string, signal: AbortSignal): Promise<number> {
    for (;;) {
      signal.throwIfAborted()
      this.#next ??= this.#ask()
      if ((await this.#next).has(name)) return performance.now()
    }
  }

  async #ask(): Promise<ReadonlySet<string>> {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    this.#next = undefined
    return this.#list()
  }
}

type Environment = Emulator['environment']

async function listAddresses(environment: Environment, token: string): Promise<ReadonlySet<string>> {
  const { BERTH_ACI_ENDPOINT, AZURE_SUBSCRIPTION_ID, AZURE_DEFAULTS_GROUP } = environment
  const path = `/subscriptions/${AZURE_SUBSCRIPTION_ID}/resourceGroups/${AZURE_DEFAULTS_GROUP}/providers/Microsoft.ContainerInstance/containerGroups`
  const response = await fetch(`${BERTH_ACI_ENDPOINT}${path}?api-version=${WATCH_VERSION}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { value } = (await response.json()) as {
    readonly value: readonly {
      readonly name: string
      readonly properties: { readonly ipAddress?: { readonly ip?: string } }
    }[]
  }
  return new Set(value.flatMap(({ name, properties }) => (properties.ipAddress?.ip ? [name] : [])))
}

async function askToken({ IDENTITY_ENDPOINT, IDENTITY_HEADER = '' }: Environment): Promise<string> {
  const resource = encodeURIComponent('https://management.azure.com/')
  const response = await fetch(`${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${resource}`, {
    headers: { 'x-identity-header': IDENTITY_HEADER },
  })
  return ((await response.json()) as { readonly access_token: string }).access_token
}
