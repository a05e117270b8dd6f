import { describe, expect, it } from 'vitest'
import { azureToken, startAzure } from '../azure.ts'

const PATH = '/subscriptions'

describe('who is let in by ARM', () => {
  it('is nobody without a token', async () => {
    await using azure = await startAzure()
    const response = await fetch(`${azure.emulator.endpoints.arm}${PATH}?api-version=2022-12-01`)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Bearer authorization_uri=')
    expect(await response.json()).toEqual({
      error: {
        code: 'AuthenticationFailed',
        message: "Authentication failed. The 'Authorization' header is missing.",
      },
    })
  })

  it('is nobody at unknown paths either', async () => {
    await using azure = await startAzure()
    const response = await fetch(`${azure.emulator.endpoints.arm}/nowhere`)
    expect(response.status).toBe(401)
  })

  it.each([
    ['Basic YTpi', 'AuthenticationFailedInvalidHeader'],
    ['Bearer nonsense', 'InvalidAuthenticationToken'],
    ['Bearer a.b.c', 'InvalidAuthenticationToken'],
  ])('is nobody with %s', async (authorization, code) => {
    await using azure = await startAzure()
    const { status, body, headers } = await azure.call('GET', PATH, undefined, { authorization })
    expect([status, body.error.code]).toEqual([401, code])
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  it("is nobody with another tenant's token, nor with one that was tampered with", async () => {
    await using azure = await startAzure()
    await using other = await startAzure({ azure: { tenantId: '4f3c1c6e-7a1d-4b0e-9d55-0a5e1f2b6c02' } })
    const foreign = await azureToken(other.emulator)
    const refused = await azure.call('GET', PATH, undefined, { authorization: `Bearer ${foreign}` })
    expect([refused.status, refused.body.error.code]).toEqual([401, 'InvalidAuthenticationTokenTenant'])
    const [header, claims = '', signature] = (await azureToken(azure.emulator)).split('.')
    const changed = JSON.parse(Buffer.from(claims, 'base64url').toString())
    changed.exp += 1_000
    const forged = [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.')
    expect((await azure.call('GET', PATH, undefined, { authorization: `Bearer ${forged}` })).status).toBe(401)
  })

  it('is nobody with a token that has expired', async () => {
    await using azure = await startAzure({ azure: { tokenLifetimeInMs: 10_000 } })
    expect((await azure.call('GET', PATH)).status).toBe(200)
    azure.emulator.clocks.frontEnd.set({ offsetInMs: 20_000 })
    const { status, body } = await azure.call('GET', PATH)
    expect([status, body.error.code]).toEqual([401, 'ExpiredAuthenticationToken'])
    expect(body.error.message).toMatch(
      /^The access token expiry UTC time '.+' is earlier than current UTC time '.+'\.$/,
    )
  })

  it('is nobody with a token for something else', async () => {
    await using azure = await startAzure()
    const { environment } = azure.emulator
    const response = await fetch(
      `${environment.IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=https://vault.azure.net`,
      { headers: { 'x-identity-header': environment.IDENTITY_HEADER ?? '' } },
    )
    const { access_token: token } = (await response.json()) as { access_token: string }
    const { body } = await azure.call('GET', PATH, undefined, { authorization: `Bearer ${token}` })
    expect(body.error.code).toBe('InvalidAuthenticationTokenAudience')
  })

  it("is whoever has a token for Azure's ARM, or for the endpoint itself", async () => {
    await using azure = await startAzure()
    const { environment, endpoints } = azure.emulator
    for (const resource of ['https://management.core.windows.net/', endpoints.arm]) {
      const response = await fetch(
        `${environment.IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${resource}`,
        { headers: { 'x-identity-header': environment.IDENTITY_HEADER ?? '' } },
      )
      const { access_token: token } = (await response.json()) as { access_token: string }
      expect((await azure.call('GET', PATH, undefined, { authorization: `Bearer ${token}` })).status).toBe(
        200,
      )
    }
  })
})
