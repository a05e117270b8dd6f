import { type AciCapabilities, type AciOptions, aci } from '@berth/aci'
import type { ContainerRun, Provider } from '@berth/core'
import { type Emulator, type EmulatorOptions, startEmulator } from '@berth/emulator'

/** An emulated account with a provider of it. */
export interface Emulated extends AsyncDisposable {
  readonly emulator: Emulator
  readonly provider: Provider<AciCapabilities>
  /** The calls so far, without those for tokens. */
  calls(): readonly string[]
  /** The names of the groups that are there, asked without the adapter. */
  groups(): Promise<readonly string[]>
}

export type AciRun = ContainerRun<AciCapabilities>

/** A program that answers HTTP wherever the backend puts it. */
export const HELLO = { image: 'berth/hello', ports: [80], cpu: 0.1, memory: '100M' } as const

const MANY = { capacity: 1_000_000, refillPerSecond: 100_000 }
const MANY_GROUPS = {
  createsAnHour: 100_000,
  createsIn5Minutes: 100_000,
  deletesAnHour: 100_000,
  deletesIn5Minutes: 100_000,
} as const

/** Starts an emulator on child processes and points this process at it. */
export async function emulated(options: EmulatorOptions = {}, more: AciOptions = {}): Promise<Emulated> {
  const emulator = await startEmulator({
    backend: 'process',
    name: `aci-test-${process.pid}-${Math.random().toString(36).slice(2, 7)}`,
    tls: false,
    timeScale: 10,
    ...options,
    limits: {
      arm: { reads: MANY, writes: MANY, deletes: MANY },
      aci: { ...MANY_GROUPS, coresARegion: 10_000, groupsARegion: 10_000 },
      ...options.limits,
    },
  })
  Object.assign(process.env, emulator.environment)
  const provider = aci({ quotas: MANY_GROUPS, ...more })
  return {
    emulator,
    provider,
    calls: () =>
      emulator
        .requests()
        .filter(({ operation }) => operation?.includes('_') && !operation.includes('Token'))
        .map(({ operation = '' }) => operation),
    groups: () => listGroups(emulator),
    async [Symbol.asyncDispose]() {
      await provider.close()
      await emulator.close()
    },
  }
}

async function listGroups({ environment }: Emulator): Promise<readonly string[]> {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER = '', BERTH_ACI_ENDPOINT, AZURE_SUBSCRIPTION_ID } = environment
  const resource = encodeURIComponent('https://management.azure.com/')
  const token = await fetch(`${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${resource}`, {
    headers: { 'x-identity-header': IDENTITY_HEADER },
  })
  const { access_token } = (await token.json()) as { readonly access_token: string }
  const path = `/subscriptions/${AZURE_SUBSCRIPTION_ID}/providers/Microsoft.ContainerInstance/containerGroups`
  const names: string[] = []
  let next: string | undefined = `${BERTH_ACI_ENDPOINT}${path}?api-version=2023-05-01`
  while (next !== undefined) {
    const page: Page = await askUntilAnswered(next, access_token)
    names.push(...page.value.map(({ name }) => name))
    next = page.nextLink
  }
  return names
}

interface Page {
  readonly value: readonly { readonly name: string }[]
  readonly nextLink?: string
}

/** The faults of a test strike whoever asks. */
async function askUntilAnswered(url: string, token: string): Promise<Page> {
  for (;;) {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } }).catch(() => undefined)
    if (answer?.ok) return (await answer.json()) as Page
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
