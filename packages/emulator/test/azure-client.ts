import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance'
import { ManagedIdentityCredential } from '@azure/identity'
import type { Emulator } from '../src/index.ts'

/** The official client, let in by the emulator's managed identity. Its own bearer policy refuses plain http, also on loopback. */
export async function azureClient(emulator: Emulator): Promise<ContainerInstanceManagementClient> {
  const token = await azureToken(emulator)
  const endpoint = emulator.endpoints.arm ?? ''
  const client = new ContainerInstanceManagementClient(
    { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    emulator.azure.subscriptions[0] ?? '',
    { endpoint, allowInsecureConnection: true },
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

/** A token for ARM, by the official identity client. */
export async function azureToken({ environment }: Emulator): Promise<string> {
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) process.env[name] = environment[name]
  const { token } = await new ManagedIdentityCredential().getToken('https://management.azure.com/.default')
  return token
}
