import { aci } from '@berth/aci'
import { BerthError } from '@berth/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Emulated, emulated, HELLO } from './emulated.ts'

async function errorOf(call: Promise<unknown>): Promise<BerthError> {
  const thrown = await call.then(
    () => new Error('it resolved'),
    (error: unknown) => error,
  )
  if (BerthError.isInstance(thrown)) return thrown
  throw thrown
}

describe('an account that is not as it should be', () => {
  it('is not registered: the command that registers it', async () => {
    await using cloud = await emulated({ azure: { registered: false } })
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('permission')
    expect(error.message).toMatch(/az provider register --namespace Microsoft\.ContainerInstance/)
    const { status, items } = await cloud.provider.check()
    expect(status).toBe('failed')
    expect(items.find(({ name }) => name === 'resource provider')).toMatchObject({
      status: 'failed',
      mend: expect.stringContaining('az provider register') as string,
    })
  })

  it('has no such resource group: the command that makes it', async () => {
    await using cloud = await emulated({}, { resourceGroup: 'nowhere', location: 'eastus' })
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('not-found')
    expect(error.message).toMatch(/az group create --name nowhere --location eastus/)
  })

  it('has no such subscription: how to choose another', async () => {
    await using cloud = await emulated(
      {},
      { subscription: '11111111-1111-4111-8111-111111111111', location: 'eastus' },
    )
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('not-found')
    expect(error.message).toMatch(/az account list/)
    const { items } = await cloud.provider.check()
    expect(items.find(({ name }) => name === 'subscription')?.status).toBe('failed')
  })

  it('is signed in no longer: how to sign in', async () => {
    await using cloud = await emulated({}, { location: 'eastus' })
    const expired = {
      getToken: async () => ({ token: 'of-yesterday', expiresOnTimestamp: Date.now() + 3_600_000 }),
    }
    const error = await errorOf(aci({ credential: expired, location: 'eastus' }).run(HELLO))
    expect(error.code).toBe('authentication')
    expect(error.message).toMatch(/az login/)
    expect(error.message).not.toContain('of-yesterday')
    expect(await cloud.groups()).toEqual([])
  })

  it('has nobody signed in: how to sign in', async () => {
    await using cloud = await emulated()
    expect(cloud.emulator.endpoints.arm).toBeDefined()
    const nobody = {
      getToken: async () => {
        throw Object.assign(new Error('Please run az login'), { name: 'CredentialUnavailableError' })
      },
    }
    const error = await errorOf(aci({ credential: nobody }).run(HELLO))
    expect(error.code).toBe('authentication')
    expect(error.message).toMatch(/AZURE_CLIENT_ID/)
  })

  it('knows no such region', async () => {
    await using cloud = await emulated({}, { location: 'mars' })
    const error = await errorOf(cloud.provider.run(HELLO))
    expect(error.code).toBe('invalid-spec')
    expect(error.message).toMatch(/mars/)
    const { items } = await cloud.provider.check()
    expect(items.find(({ name }) => name === 'region')).toMatchObject({
      status: 'failed',
      mend: expect.stringMatching(/eastus.*BERTH_ACI_LOCATION/) as string,
    })
  })
})

describe('a region without room', () => {
  let cloud: Emulated
  beforeAll(async () => {
    cloud = await emulated({
      faults: [
        { match: { region: 'eastus' }, effect: { kind: 'capacity', when: 'at-once' } },
        { match: { region: 'westus2' }, effect: { kind: 'capacity', when: 'afterwards' } },
      ],
    })
  })
  afterAll(() => cloud[Symbol.asyncDispose]())

  it('says so, whether at once or after it has accepted', async () => {
    const atOnce = await errorOf(cloud.provider.run({ ...HELLO, regions: ['eastus'] }))
    expect(atOnce).toMatchObject({ code: 'capacity', retryable: true })
    expect(atOnce.message).toMatch(/regions/)
    const run = await cloud.provider.run({ ...HELLO, regions: ['westus2'] })
    const afterwards = await errorOf(run.placed({ timeout: '30s' }))
    expect(afterwards).toMatchObject({ code: 'capacity' })
    await run.remove()
    expect(await cloud.groups()).toEqual([])
  })

  it('is left for the next that is named, and nothing stays in it', async () => {
    const run = await cloud.provider.run({ ...HELLO, regions: ['eastus', 'westus2', 'swedencentral'] })
    expect(run.attempts.map(({ place, error }) => [place, error?.code])).toEqual([
      ['eastus', 'capacity'],
      ['westus2', 'capacity'],
      ['swedencentral', undefined],
    ])
    await run.ready()
    expect(await cloud.groups()).toEqual([run.name])
    expect(run.cost().rates.items[0]?.pricePerHour).toBe(0.0466)
    await run.remove()
  })
})
