import { describe, expect, it } from 'vitest'
import { eventually, groupBody, startAzure } from '../azure.ts'

const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-000000000001'

describe("ACI's limits", () => {
  it('let in so many creations in 5 minutes, failed ones too, and no more for a while', async () => {
    await using azure = await startAzure({ limits: { aci: { createsIn5Minutes: 2 } }, timeScale: 100 })
    expect((await azure.call('PUT', 'a', groupBody())).status).toBe(201)
    expect((await azure.call('PUT', 'b', { location: 'eastus' })).status).toBe(400)
    const refused = await azure.call('PUT', 'c', groupBody())
    expect([refused.status, refused.body.error.code]).toEqual([429, 'TooManyRequests'])
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3)
    expect(refused.headers.get('x-ms-ratelimit-remaining-subscription-resource-requests-pt5m')).toBe('0')
    expect(refused.headers.get('x-ms-ratelimit-remaining-subscription-resource-requests-pt1h')).toBe('298')
    await new Promise((resolve) => setTimeout(resolve, 3_100))
    expect((await azure.call('PUT', 'c', groupBody())).status).toBe(201)
  })

  it('let in so many creations in an hour', async () => {
    await using azure = await startAzure({ limits: { aci: { createsAnHour: 1 } } })
    await azure.call('PUT', 'a', groupBody())
    const refused = await azure.call('PUT', 'b', groupBody())
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_590)
  })

  it('count deletions apart', async () => {
    await using azure = await startAzure({ limits: { aci: { deletesIn5Minutes: 1 } } })
    await azure.call('PUT', 'a', groupBody())
    expect((await azure.call('DELETE', 'none')).status).toBe(204)
    expect((await azure.call('DELETE', 'a')).status).toBe(429)
  })

  it('let in the 100 and 300 of the real service by default', async () => {
    await using azure = await startAzure()
    const { headers } = await azure.call('PUT', 'a', groupBody())
    expect(headers.get('x-ms-ratelimit-remaining-subscription-resource-requests-pt5m')).toBe('99')
    expect(headers.get('x-ms-ratelimit-remaining-subscription-resource-requests-pt1h')).toBe('299')
  })

  it('are cores of a region, told in its own words, free again once a group is gone', async () => {
    await using azure = await startAzure({ limits: { aci: { coresARegion: 4 } } })
    const requests = { cpu: 3, memoryInGB: 1 }
    const body = groupBody({ container: { resources: { requests } } })
    await azure.call('PUT', 'a', body)
    const refused = await azure.call('PUT', 'b', body)
    expect([refused.status, refused.body.error]).toEqual([
      400,
      {
        code: 'ContainerGroupQuotaReached',
        message:
          "Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota 'StandardCores' exceeded in region 'eastus'. Limit: '4', Usage: '3' Requested: '3'.",
      },
    ])
    expect((await azure.call('PUT', 'b', { ...body, location: 'westus' })).status).toBe(201)
    await azure.settled('a')
    await azure.call('DELETE', 'a')
    await eventually(async () => (await azure.call('PUT', 'c', body)).status).toBe(201)
  })

  it('are groups of a region', async () => {
    await using azure = await startAzure({ limits: { aci: { groupsARegion: 1 } } })
    await azure.call('PUT', 'a', groupBody())
    const refused = await azure.call('PUT', 'b', groupBody())
    expect(refused.body.error.message).toContain(
      "quota 'ContainerGroups' exceeded in region 'eastus'. Limit: '1', Usage: '1'",
    )
  })

  it('are one group for a name in the DNS', async () => {
    await using azure = await startAzure()
    const body = groupBody({
      container: { ports: [{ port: 80 }] },
      properties: { ipAddress: { type: 'Public', ports: [{ port: 80 }], dnsNameLabel: 'my-site' } },
    })
    await azure.call('PUT', 'a', body)
    const refused = await azure.call('PUT', 'b', body)
    expect([refused.status, refused.body.error.code]).toEqual([400, 'DnsNameLabelNotAvailable'])
  })

  it('end a provisioning that takes too long', async () => {
    await using azure = await startAzure({ timeScale: 10_000, faults: [{ effect: { kind: 'stuck' } }] })
    await azure.call('PUT', 'a', groupBody())
    expect((await azure.settled('a')).provisioningState).toBe('Failed')
  })

  it('can be asked for', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'a', groupBody())
    const at = `${SUBSCRIPTION}/providers/Microsoft.ContainerInstance/locations/eastus`
    expect((await azure.call('GET', `${at}/usages`)).body.value).toMatchObject([
      { unit: 'Count', currentValue: 1, limit: 100, name: { value: 'ContainerGroups' } },
      { unit: 'Count', currentValue: 1, limit: 100, name: { value: 'StandardCores' } },
    ])
    const capabilities = (await azure.call('GET', `${at}/capabilities`)).body.value
    expect(capabilities[0]).toMatchObject({
      location: 'eastus',
      capabilities: { maxCpu: 31, maxMemoryInGB: 240 },
    })
    expect((await azure.call('GET', `${at}/cachedImages`)).body.value[0]).toMatchObject({ osType: 'Linux' })
  })
})
