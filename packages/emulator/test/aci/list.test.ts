import { describe, expect, it } from 'vitest'
import { eventually, groupBody, startAzure } from '../azure.ts'

const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-000000000001'

describe('lists of groups', () => {
  it('come in pages, of a resource group or of the subscription, as the official client reads them', async () => {
    await using azure = await startAzure({
      limits: { aci: { listPageSize: 2 } },
      azure: { resourceGroups: { berth: 'eastus', other: 'westus' } },
    })
    for (const name of ['e', 'a', 'd', 'b', 'c']) await azure.call('PUT', name, groupBody())
    const elsewhere = `${SUBSCRIPTION}/resourceGroups/other/providers/Microsoft.ContainerInstance/containerGroups/a`
    await azure.call('PUT', elsewhere, groupBody())
    const { containerGroups } = azure.client
    const names: (string | undefined)[] = []
    for await (const page of containerGroups.listByResourceGroup('berth').byPage()) {
      expect(page.length).toBeLessThanOrEqual(2)
      names.push(...page.map(({ name }) => name))
    }
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e'])
    const all = await Array.fromAsync(containerGroups.list(), ({ id }) => id?.split('/').slice(4).join('/'))
    expect(all).toHaveLength(6)
    expect(new Set(all).size).toBe(6)
  })

  it.each([false, true])('carry instance views: %s', async (listInstanceView) => {
    await using azure = await startAzure({ dialects: { aci: { listInstanceView } } })
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const [group] = await Array.fromAsync(azure.client.containerGroups.list())
    expect(group?.provisioningState).toBe('Succeeded')
    expect(group?.instanceView !== undefined).toBe(listInstanceView)
    expect(group?.containers[0]?.instanceView !== undefined).toBe(listInstanceView)
  })

  it('can be late: a new group is not there yet, and one that is gone still is', async () => {
    await using azure = await startAzure({ dialects: { aci: { listStaleInMs: 30_000 } }, timeScale: 10 })
    const count = async () => (await azure.call('GET', '?')).body.value.length
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    expect(await count()).toBe(0)
    await eventually(count).toBe(1)
    await azure.call('DELETE', 'web')
    await eventually(async () => (await azure.call('GET', 'web')).status).toBe(404)
    expect(await count()).toBe(1)
    await eventually(count).toBe(0)
  })

  it('refuse a token that they did not give', async () => {
    await using azure = await startAzure()
    expect((await azure.call('GET', '?$skiptoken=AAAA')).body.error.code).toBe('InvalidSkipToken')
  })
})
