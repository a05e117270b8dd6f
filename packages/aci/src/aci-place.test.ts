import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPlace } from './aci-place.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-az-'))
  const subscriptions = [{ id: 'other' }, { id: 'of-az', isDefault: true }]
  await writeFile(join(folder, 'azureProfile.json'), `\ufeff${JSON.stringify({ subscriptions })}`)
  await writeFile(
    join(folder, 'config'),
    '[cloud]\nname = AzureUSGovernment\n# a comment\n[defaults]\ngroup = of-az\nlocation = West US 2\n',
  )
})
afterAll(() => rm(folder, { recursive: true }))

describe('findPlace', () => {
  it('takes what the az command was told', async () => {
    expect(await findPlace({}, { AZURE_CONFIG_DIR: folder })).toMatchObject({
      subscription: 'of-az',
      resourceGroup: 'of-az',
      location: 'westus2',
      endpoint: 'https://management.usgovcloudapi.net',
      authorityHost: 'https://login.microsoftonline.us',
    })
  })

  it('prefers the environment, and the options to all', async () => {
    const environment = {
      AZURE_CONFIG_DIR: folder,
      AZURE_SUBSCRIPTION_ID: 'of-environment',
      BERTH_ACI_RESOURCE_GROUP: 'of-environment',
      BERTH_ACI_LOCATION: 'eastus',
      BERTH_ACI_ENDPOINT: 'http://127.0.0.1:1234/',
    }
    expect(await findPlace({ resourceGroup: 'mine', cloud: 'public' }, environment)).toMatchObject({
      subscription: 'of-environment',
      resourceGroup: 'mine',
      location: 'eastus',
      endpoint: 'http://127.0.0.1:1234',
      audience: 'https://management.azure.com',
      sources: { subscription: 'AZURE_SUBSCRIPTION_ID', resourceGroup: 'the options' },
    })
  })

  it('says how to name what nobody has named', async () => {
    const none = { AZURE_CONFIG_DIR: '/nowhere' }
    await expect(findPlace({}, none)).rejects.toMatchObject({
      code: 'invalid-spec',
      message: expect.stringMatching(/no subscription is named: .*az account set/) as string,
    })
    await expect(findPlace({}, { ...none, AZURE_SUBSCRIPTION_ID: 's' })).rejects.toThrow(
      /BERTH_ACI_RESOURCE_GROUP/,
    )
  })

  it.each([
    'http://management.example',
    'http://127.0.0.1.example:80',
    'https://user:word@example',
    'ftp://127.0.0.1',
    'nothing',
  ])('sends no token to %s', async (endpoint) => {
    const environment = { AZURE_CONFIG_DIR: folder, BERTH_ACI_ENDPOINT: endpoint }
    await expect(findPlace({}, environment)).rejects.toMatchObject({ code: 'invalid-spec' })
  })
})
