import { describe, expect, it } from 'vitest'
import { eventually, groupBody, startAzure } from '../azure.ts'

const GROUPS = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups'

describe('resource groups', () => {
  it('are made, found, listed, tagged and deleted', async () => {
    await using azure = await startAzure()
    const made = await azure.call('PUT', `${GROUPS}/mine`, { location: 'West US 2', tags: { a: 'b' } })
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: `${GROUPS}/mine`,
        name: 'mine',
        type: 'Microsoft.Resources/resourceGroups',
        location: 'westus2',
        tags: { a: 'b' },
        properties: { provisioningState: 'Succeeded' },
      },
    ])
    expect((await azure.call('PUT', `${GROUPS}/mine`, { location: 'westus2' })).status).toBe(200)
    expect((await azure.call('PATCH', `${GROUPS}/mine`, { tags: { c: 'd' } })).body.tags).toEqual({ c: 'd' })
    expect((await azure.call('GET', `${GROUPS}/MINE`)).body.name).toBe('mine')
    expect((await azure.call('HEAD', `${GROUPS}/mine`)).status).toBe(204)
    expect((await azure.call('HEAD', `${GROUPS}/other`)).status).toBe(404)
    const { body } = await azure.call('GET', GROUPS)
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual(['berth', 'mine'])
  })

  it('go with all that is in them', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const deleted = await azure.call('DELETE', `${GROUPS}/berth`)
    expect(deleted.status).toBe(202)
    const location = deleted.headers.get('location') ?? ''
    const { pathname, search } = new URL(location)
    await eventually(async () => (await azure.call('GET', pathname + search)).status).toBe(200)
    expect((await azure.call('GET', `${GROUPS}/berth`)).body.error.code).toBe('ResourceGroupNotFound')
  })

  it('refuse what cannot be', async () => {
    await using azure = await startAzure()
    const codeOf = async (name: string, body: object) =>
      (await azure.call('PUT', `${GROUPS}/${name}`, body)).body.error?.code
    expect(await codeOf('mine', {})).toBe('LocationRequired')
    expect(await codeOf('mine', { location: 'atlantis' })).toBe('LocationNotAvailableForResourceGroup')
    expect(await codeOf('mine.', { location: 'eastus' })).toBe('InvalidResourceGroup')
    expect(await codeOf('berth', { location: 'westus' })).toBe('InvalidResourceGroupLocation')
    expect((await azure.call('DELETE', `${GROUPS}/other`)).status).toBe(404)
  })
})
