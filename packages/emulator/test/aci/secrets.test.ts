import { describe, expect, it } from 'vitest'
import { groupBody, startAzure } from '../azure.ts'

const SECRET = 'correct-horse'
const ENCODED = Buffer.from(SECRET).toString('base64')

describe('what ACI never tells back', () => {
  const body = groupBody({
    properties: {
      imageRegistryCredentials: [{ server: 'registry.example', username: 'me', password: SECRET }],
      volumes: [
        { name: 'files', secret: { key: ENCODED } },
        { name: 'share', azureFile: { shareName: 's', storageAccountName: 'a', storageAccountKey: SECRET } },
      ],
      diagnostics: { logAnalytics: { workspaceId: 'w', workspaceKey: SECRET } },
      initContainers: [
        {
          name: 'init',
          properties: { image: 'none/exit:0', environmentVariables: [{ name: 'KEY', secureValue: SECRET }] },
        },
      ],
    },
    container: {
      environmentVariables: [
        { name: 'KEY', secureValue: SECRET },
        { name: 'PLAIN', value: 'seen' },
      ],
      volumeMounts: [{ name: 'files', mountPath: '/s' }],
    },
  })

  it('is in no answer: created, read, listed, changed, deleted', async () => {
    await using azure = await startAzure()
    const answers = [
      await azure.call('PUT', 'web', body),
      await azure.settled('web').then(() => azure.call('GET', 'web')),
      await azure.call('GET', '?'),
      await azure.call('PUT', 'web', body),
      await azure.call('PATCH', 'web', { tags: {} }),
      await azure.call('DELETE', 'web'),
    ]
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(300)
      expect(JSON.stringify(answer.body)).not.toContain(SECRET)
      expect(JSON.stringify(answer.body)).not.toContain(ENCODED)
    }
    expect(answers[1]?.body.properties).toMatchObject({
      imageRegistryCredentials: [{ server: 'registry.example', username: 'me' }],
      volumes: [{ name: 'files', secret: {} }, { azureFile: { shareName: 's', storageAccountName: 'a' } }],
      diagnostics: { logAnalytics: { workspaceId: 'w' } },
      containers: [
        { properties: { environmentVariables: [{ name: 'KEY' }, { name: 'PLAIN', value: 'seen' }] } },
      ],
    })
  })

  it('is in no refusal either', async () => {
    await using azure = await startAzure()
    const wrong = { ...body, properties: { ...body.properties, osType: 'BeOS' } }
    const { status, body: refusal } = await azure.call('PUT', 'web', wrong)
    expect(status).toBe(400)
    expect(JSON.stringify(refusal)).not.toContain(SECRET)
  })
})
