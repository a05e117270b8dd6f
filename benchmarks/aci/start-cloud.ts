import { type AciCapabilities, aci } from '@berth/aci'
import type { Provider } from '@berth/core'
import { type Emulator, startEmulator } from '@berth/emulator'

/** An emulated service on which every start takes the same time. */
export interface Cloud extends AsyncDisposable {
  readonly emulator: Emulator
  createProvider(): Provider<AciCapabilities>
  /** The calls that were made for one run alone since it was ordered, without those of `watchAddress`. */
  callsOf(name: string): number
  /** Those that were made for several. */
  reads(): { readonly shared: number }
  /** Asks again and again, by itself, until the service tells the run's address; gives the instant on `performance.now()`. */
  watchAddress(name: string, signal: AbortSignal): Promise<number>
}

const MANY = { capacity: 100_000, refillPerSecond: 10_000 }
const ASK_EVERY_MS = 25

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
  const watched = new Map<string, number>()
  const token = await askToken(emulator.environment)
  return {
    emulator,
    createProvider: () => aci({ quotas: { createsIn5Minutes: 1_000, deletesIn5Minutes: 1_000 } }),
    callsOf: (name) =>
      emulator.requests().filter(({ path }) => path.includes(`/containerGroups/${name}`)).length -
      (watched.get(name) ?? 0),
    reads: () => ({
      shared: emulator
        .requests()
        .filter(({ operation }) => operation === 'ContainerGroups_ListByResourceGroup').length,
    }),
    watchAddress: async (name, signal) => {
      for (;;) {
        signal.throwIfAborted()
        watched.set(name, (watched.get(name) ?? 0) + 1)
        if (await tellsAddress(emulator.environment, name, token)) return performance.now()
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
      }
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  }
}

type Environment = Emulator['environment']

async function tellsAddress(environment: Environment, name: string, token: string): Promise<boolean> {
  const { BERTH_ACI_ENDPOINT, AZURE_SUBSCRIPTION_ID, AZURE_DEFAULTS_GROUP } = environment
  const path = `/subscriptions/${AZURE_SUBSCRIPTION_ID}/resourceGroups/${AZURE_DEFAULTS_GROUP}/providers/Microsoft.ContainerInstance/containerGroups/${name}`
  const response = await fetch(`${BERTH_ACI_ENDPOINT}${path}?api-version=2023-05-01`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const group = (await response.json()) as {
    readonly properties?: { readonly ipAddress?: { readonly ip?: string } }
  }
  return group.properties?.ipAddress?.ip !== undefined
}

async function askToken({ IDENTITY_ENDPOINT, IDENTITY_HEADER = '' }: Environment): Promise<string> {
  const resource = encodeURIComponent('https://management.azure.com/')
  const response = await fetch(`${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${resource}`, {
    headers: { 'x-identity-header': IDENTITY_HEADER },
  })
  return ((await response.json()) as { readonly access_token: string }).access_token
}
