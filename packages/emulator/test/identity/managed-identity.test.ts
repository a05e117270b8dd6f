import { DefaultAzureCredential } from '@azure/identity'
import { afterEach, describe, expect, it } from 'vitest'
import { startAzure } from '../azure.ts'

const before = { ...process.env }

describe('the managed identity', () => {
  afterEach(() => {
    process.env = { ...before }
  })

  it('is what DefaultAzureCredential finds by the environment alone', async () => {
    await using azure = await startAzure()
    Object.assign(process.env, azure.emulator.environment)
    const { token, expiresOnTimestamp } = await new DefaultAzureCredential().getToken(
      'https://management.azure.com/.default',
    )
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    const { status } = await azure.call('GET', '/subscriptions', undefined, {
      authorization: `Bearer ${token}`,
    })
    expect(status).toBe(200)
  })

  it('has the older form too, with its dates', async () => {
    await using azure = await startAzure()
    const { MSI_ENDPOINT, MSI_SECRET = '' } = azure.emulator.environment
    const response = await fetch(
      `${MSI_ENDPOINT}/?resource=https://management.azure.com&api-version=2017-09-01`,
      {
        headers: { secret: MSI_SECRET },
      },
    )
    expect(await response.json()).toMatchObject({
      token_type: 'Bearer',
      expires_on: expect.stringMatching(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \+00:00$/),
    })
  })

  it.each([
    ['no header', '2019-08-01', {}, 400],
    ['another header', '2019-08-01', { 'x-identity-header': 'guess' }, 401],
    ["the other form's header", '2017-09-01', { 'x-identity-header': 'guess' }, 400],
    ['another version', '2020-06-01', { 'x-identity-header': 'guess' }, 400],
  ])('gives nothing for %s', async (_, version, headers, status) => {
    await using azure = await startAzure()
    const { IDENTITY_ENDPOINT } = azure.emulator.environment
    const response = await fetch(`${IDENTITY_ENDPOINT}?resource=x&api-version=${version}`, { headers })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ statusCode: status, message: expect.any(String) })
  })
})
