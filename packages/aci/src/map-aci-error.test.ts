import { describe, expect, it } from 'vitest'
import { ArmError } from './arm/arm-error.ts'
import { readArmError } from './arm/read-arm-error.ts'
import { isAbsent, mapAciError } from './map-aci-error.ts'

const subject = { ref: 'web-1', image: 'app:1', location: 'westus2', resourceGroup: 'demo' }

function answer(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
) {
  return readArmError({
    method: 'PUT',
    url: 'https://management.azure.com/subscriptions/s/x?api-version=1',
    status,
    header: (name) => headers[name],
    text: JSON.stringify({ error: { code, message } }),
  })
}

describe('mapAciError', () => {
  it.each([
    [
      409,
      'ServiceUnavailable',
      "The requested resource is not available in the location 'westus2'",
      'capacity',
      true,
      /regions/,
    ],
    [409, 'ServiceUnavailable', "quota 'ContainerGroups' Limit 0", 'rate-limited', true, undefined],
    [
      400,
      'ContainerGroupQuotaReached',
      "Resource type 'StandardCores' exceeded",
      'quota',
      false,
      /berth sweep/,
    ],
    [
      409,
      'ContainerGroupTransitioning',
      'The container group is still transitioning',
      'conflict',
      true,
      /try again/,
    ],
    [
      409,
      'RegistryErrorResponse',
      "An error response is received from 'index.docker.io'",
      'image-pull',
      true,
      /az acr import/,
    ],
    [400, 'InaccessibleImage', "The image 'app:1' is not accessible", 'image-pull', false, /registry/],
    [400, 'MoreImageRegistryCredentialsThanContainers', 'Too many', 'invalid-spec', false, /leave out/],
    [
      400,
      'ContainerLimitGreaterThanContainerGroupTotalRequest',
      'Too much',
      'invalid-spec',
      false,
      /less cpu/,
    ],
    [
      400,
      'ImageOsTypeNotMatchContainerGroup',
      "The OsType 'linux/arm64'",
      'invalid-spec',
      false,
      /--platform linux\/amd64/,
    ],
    [400, 'DnsNameLabelNotAvailable', "'web' is not available", 'conflict', false, /dnsLabelScope/],
    [
      409,
      'MissingSubscriptionRegistration',
      'not registered',
      'permission',
      false,
      /az provider register --namespace Microsoft\.ContainerInstance/,
    ],
    [
      404,
      'ResourceGroupNotFound',
      "Resource group 'demo' could not be found",
      'not-found',
      false,
      /az group create --name demo --location westus2/,
    ],
    [
      404,
      'SubscriptionNotFound',
      'The subscription could not be found',
      'not-found',
      false,
      /az account list/,
    ],
    [
      403,
      'AuthorizationFailed',
      'does not have authorization',
      'permission',
      false,
      /docs\/providers\/aci\.md/,
    ],
    [403, 'LinkedAuthorizationFailed', 'linked scope', 'permission', false, /subnet/],
    [400, 'PrincipalNotFound', 'Principal does not exist', 'unavailable', true, /minutes/],
    [401, 'ExpiredAuthenticationToken', 'The access token expiry', 'authentication', false, /az login/],
    [401, 'InvalidAuthenticationToken', 'The access token is invalid', 'authentication', false, /az login/],
    [
      400,
      'LocationNotAvailableForResourceType',
      "location 'mars'",
      'invalid-spec',
      false,
      /az provider show/,
    ],
    [500, 'InternalServerError', 'An internal error', 'unavailable', true, undefined],
    [400, 'SomethingNew', 'no', 'invalid-spec', false, undefined],
    [429, 'TooManyRequests', 'slow down', 'rate-limited', true, undefined],
  ] as const)('%d %s: %s is %s', (status, code, message, expected, retryable, mend) => {
    const mapped = mapAciError(answer(status, code, message), subject)
    expect(mapped).toMatchObject({ code: expected, retryable })
    const { message: text } = mapped as Error
    expect(text).toContain('web-1 (app:1)')
    expect(text).toContain(message)
    expect(text).toContain(code)
    if (mend) expect(text).toMatch(mend)
  })

  it('obeys what the service asks to wait, in seconds or as a date', () => {
    expect(mapAciError(answer(429, 'TooManyRequests', 'x', { 'retry-after': '17' }))).toMatchObject({
      retryAfterInMs: 17_000,
    })
    const { retryAfterInMs } = answer(429, 'TooManyRequests', 'x', {
      'retry-after': new Date(Date.now() + 30_000).toUTCString(),
    })
    expect(retryAfterInMs).toBeGreaterThan(25_000)
    expect(retryAfterInMs).toBeLessThanOrEqual(30_000)
  })

  it('keeps the service’s id of the request, and its deepest reasons', () => {
    const error = readArmError({
      method: 'PUT',
      url: 'https://management.azure.com/x',
      status: 400,
      header: (name) => (name === 'x-ms-request-id' ? 'id-7' : undefined),
      text: JSON.stringify({
        error: { code: 'Bad', message: 'Outer.', details: [{ code: 'Inner', message: 'the real reason' }] },
      }),
    })
    expect(mapAciError(error)).toMatchObject({
      requestId: 'id-7',
      message: expect.stringContaining('Outer; Inner: the real reason (Bad)') as string,
    })
  })

  it('leaves open what became of an order whose answer was lost, and of no other call', () => {
    const broken = (method: string, code: string) =>
      mapAciError(new ArmError({ method, path: '/x', code, message: 'socket hang up' }))
    expect(broken('PUT', 'ECONNRESET')).toMatchObject({
      code: 'unavailable',
      outcomeUnknown: true,
      retryable: true,
    })
    expect(broken('PUT', 'ECONNREFUSED')).toMatchObject({ code: 'unavailable', outcomeUnknown: false })
    expect(broken('GET', 'ECONNRESET')).toMatchObject({ code: 'unavailable', outcomeUnknown: false })
    expect(mapAciError(answer(504, 'GatewayTimeout', 'x'))).toMatchObject({ outcomeUnknown: true })
    expect(mapAciError(answer(400, 'Bad', 'x'))).toMatchObject({ outcomeUnknown: false })
  })

  it('says how to sign in where nobody is', () => {
    const error = Object.assign(
      new Error('EnvironmentCredential: no\nAzureCliCredential: Please run az login'),
      {
        name: 'AggregateAuthenticationError',
      },
    )
    expect(mapAciError(error)).toMatchObject({
      code: 'authentication',
      retryable: false,
      message: expect.stringMatching(/az login/) as string,
    })
  })

  it('gives back what is none of the service’s', () => {
    const reason = { whatever: 1 }
    expect(mapAciError(reason)).toBe(reason)
  })

  it('tells a run that is gone from a place that is not there', () => {
    expect(isAbsent(answer(404, 'ResourceNotFound', 'x'))).toBe(true)
    expect(isAbsent(answer(404, 'ResourceGroupNotFound', 'x'))).toBe(false)
    expect(isAbsent(answer(404, 'SubscriptionNotFound', 'x'))).toBe(false)
  })
})
