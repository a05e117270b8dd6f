import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startAzure } from '../azure.ts'

/** As an application would: nothing but the endpoint is its own. */
const SCRIPT = `
import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance'
import { DefaultAzureCredential } from '@azure/identity'
const { AZURE_SUBSCRIPTION_ID, ENDPOINT } = process.env
const client = new ContainerInstanceManagementClient(new DefaultAzureCredential(), AZURE_SUBSCRIPTION_ID, { endpoint: ENDPOINT })
const group = await client.containerGroups.beginCreateOrUpdateAndWait('berth', 'web', {
  location: 'eastus',
  osType: 'Linux',
  containers: [{ name: 'web', image: 'nginx', resources: { requests: { cpu: 1, memoryInGB: 1 } } }],
})
console.log(group.provisioningState, group.instanceView.state)
`

it('serves the official client unchanged, by https, with the environment alone', async () => {
  await using azure = await startAzure({ tls: true })
  const { endpoints, environment } = azure.emulator
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { PATH: process.env.PATH, ...environment, ENDPOINT: endpoints['arm-https'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect({ stdout, stderr }).toEqual({ stdout: 'Succeeded Running\n', stderr: '' })
})
