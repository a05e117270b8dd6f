import { describe, expect, it } from 'vitest'
import { groupBody, startAzure } from '../azure.ts'

const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-000000000001'

describe('the account', () => {
  it('has its tenant, subscriptions and regions', async () => {
    await using azure = await startAzure()
    const { tenantId, subscriptions } = azure.emulator.azure
    const { body } = await azure.call('GET', '/subscriptions')
    expect(body.value).toMatchObject([{ subscriptionId: subscriptions[0], tenantId, state: 'Enabled' }])
    expect((await azure.call('GET', SUBSCRIPTION)).body).toMatchObject({ subscriptionId: subscriptions[0] })
    expect((await azure.call('GET', '/tenants')).body.value).toMatchObject([{ tenantId }])
    const regions = (await azure.call('GET', `${SUBSCRIPTION}/locations`)).body.value
    expect(regions.map(({ name }: { name: string }) => name)).toContain('westeurope')
  })

  it('must be registered for a resource provider, and can be', async () => {
    await using azure = await startAzure({ azure: { registered: false } })
    const refused = await azure.call('PUT', 'web', groupBody())
    expect([refused.status, refused.body.error.code]).toEqual([409, 'MissingSubscriptionRegistration'])
    expect(refused.body.error.message).toContain("namespace 'Microsoft.ContainerInstance'")
    const provider = `${SUBSCRIPTION}/providers/Microsoft.ContainerInstance`
    expect((await azure.call('GET', provider)).body.registrationState).toBe('NotRegistered')
    expect((await azure.call('POST', `${provider}/register`)).body.registrationState).toBe('Registered')
    expect((await azure.call('PUT', 'web', groupBody())).status).toBe(201)
    expect((await azure.call('POST', `${provider}/unregister`)).body.registrationState).toBe('NotRegistered')
    expect((await azure.call('GET', 'web')).status).toBe(409)
  })

  it('is told of the types that there are', async () => {
    await using azure = await startAzure()
    const { body } = await azure.call('GET', `${SUBSCRIPTION}/providers`)
    expect(body.value).toMatchObject([
      {
        namespace: 'Microsoft.ContainerInstance',
        resourceTypes: [{ resourceType: 'containerGroups' }, {}, {}],
      },
    ])
    expect((await azure.call('GET', `${SUBSCRIPTION}/providers/Microsoft.Nothing`)).body.error.code).toBe(
      'InvalidResourceNamespace',
    )
  })

  it('tells a command line of its parts, which have one origin, in the form of each version', async () => {
    await using azure = await startAzure()
    const origin = `${azure.emulator.endpoints.arm}/`
    const metadata = (version: string) => azure.call('GET', `/metadata/endpoints?api-version=${version}`)
    expect((await metadata('2019-05-01')).body).toMatchObject([
      { name: 'AzureCloud', resourceManager: origin },
    ])
    expect((await metadata('2015-01-01')).body).toEqual({
      galleryEndpoint: origin,
      graphEndpoint: 'https://graph.windows.net/',
      portalEndpoint: origin,
      authentication: { loginEndpoint: origin, audiences: ['https://management.core.windows.net/'] },
    })
  })
})
