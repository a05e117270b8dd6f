import { type ContainerGroup, ContainerInstanceManagementClient } from '@azure/arm-containerinstance'
import { expect } from 'vitest'
import { type Emulator, type EmulatorOptions, startEmulator } from '../src/index.ts'

/** An emulator with the official client, and requests by hand for what that cannot say. */
export interface Azure extends AsyncDisposable {
  readonly emulator: Emulator
  readonly client: ContainerInstanceManagementClient
  /** A path below the resource group's container groups, or a whole one that begins with `/`. The body is parsed. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Until the group is no more in transition: its provisioning has ended one way or the other. */
  settled(name: string): Promise<ContainerGroup>
  /** Asks for a group until it is as wanted. */
  until(name: string, isWanted: (group: ContainerGroup) => boolean): Promise<ContainerGroup>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly body: any
}

const VERSION = '2023-05-01'

/** Azure alone, on the backend `none`, unless told otherwise. */
export async function startAzure(options: EmulatorOptions = {}): Promise<Azure> {
  const emulator = await startEmulator({
    services: ['aci'],
    backend: 'none',
    tls: false,
    seed: 7,
    ...options,
  })
  try {
    const token = await azureToken(emulator)
    const client = azureClient(emulator, token)
    const origin = emulator.endpoints.arm ?? ''
    const [subscription] = emulator.azure.subscriptions
    const groups = `/subscriptions/${subscription}/resourceGroups/berth/providers/Microsoft.ContainerInstance/containerGroups`
    const until: Azure['until'] = async (name, isWanted) => {
      for (;;) {
        const group = await client.containerGroups.get('berth', name)
        if (isWanted(group)) return group
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    return {
      emulator,
      client,
      async call(method, path, body, headers = {}) {
        const url = new URL(path.startsWith('/') ? path : `${groups}/${path}`, origin)
        if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', VERSION)
        const response = await fetch(url, {
          method,
          headers: { authorization: `Bearer ${token}`, ...headers },
          ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        })
        const text = await response.text()
        return {
          status: response.status,
          headers: response.headers,
          body: text === '' ? null : JSON.parse(text),
        }
      },
      until,
      settled: (name) =>
        until(name, ({ provisioningState = '' }) => ['Succeeded', 'Failed'].includes(provisioningState)),
      [Symbol.asyncDispose]: () => emulator.close(),
    }
  } catch (error) {
    await emulator.close()
    throw error
  }
}

/** Its own bearer policy refuses plain http, on loopback too. */
export function azureClient(emulator: Emulator, token: string): ContainerInstanceManagementClient {
  const client = new ContainerInstanceManagementClient(
    { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    emulator.azure.subscriptions[0] ?? '',
    {
      endpoint: emulator.endpoints.arm ?? '',
      allowInsecureConnection: true,
      retryOptions: { maxRetries: 0 },
    },
  )
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' })
  client.pipeline.addPolicy({
    name: 'tokenOverLoopback',
    sendRequest(request, next) {
      request.headers.set('Authorization', `Bearer ${token}`)
      return next(request)
    },
  })
  return client
}

/** A token for ARM, asked for by hand: the official identity client keeps one for the whole process. */
export async function azureToken({ environment }: Emulator): Promise<string> {
  const response = await fetch(
    `${environment.IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=https://management.azure.com`,
    { headers: { 'x-identity-header': environment.IDENTITY_HEADER ?? '' } },
  )
  const { access_token: token } = (await response.json()) as { access_token: string }
  return token
}

/** Asks until it is as expected; machines that run tests may be slow. */
export function eventually<Value>(ask: () => Value | Promise<Value>) {
  return expect.poll(ask, { timeout: 20_000, interval: 20 })
}

/** A group of one container, as the wire has it, with what a test changes. */
export function groupBody({
  properties = {},
  container = {},
  ...others
}: {
  properties?: object
  container?: object
  [field: string]: unknown
} = {}): { location: string; properties: { containers: object[]; [field: string]: unknown } } {
  return {
    location: 'eastus',
    ...others,
    properties: {
      osType: 'Linux',
      containers: [
        {
          name: 'main',
          properties: { image: 'nginx', resources: { requests: { cpu: 1, memoryInGB: 1.5 } }, ...container },
        },
      ],
      ...properties,
    },
  }
}
