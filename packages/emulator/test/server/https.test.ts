import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { describe, expect, it } from 'vitest'
import { startAzure } from '../azure.ts'

describe('https', () => {
  it('is trusted by whoever knows the authority that the environment names', async () => {
    await using azure = await startAzure({ tls: true })
    const { endpoints, environment } = azure.emulator
    const ca = readFileSync(environment.NODE_EXTRA_CA_CERTS ?? '')
    const metadata = await get(`${endpoints['arm-https']}/metadata/endpoints`, ca)
    expect(JSON.parse(metadata)).toMatchObject([
      { name: 'AzureCloud', resourceManager: `${endpoints['arm-https']}/` },
    ])
    await expect(get(`${endpoints['arm-https']}/metadata/endpoints`)).rejects.toThrow(
      'self-signed certificate',
    )
  })
})

function get(url: string, ca?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { ca }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end()
  })
}
