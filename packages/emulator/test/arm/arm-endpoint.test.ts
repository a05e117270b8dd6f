import { describe, expect, it } from 'vitest'
import { groupBody, startAzure } from '../azure.ts'

const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-000000000001'
const ACI = `${SUBSCRIPTION}/resourceGroups/berth/providers/Microsoft.ContainerInstance`

describe("ARM's own answers", () => {
  it.each([
    ['GET', '/nowhere', 404, 'MissingSubscription'],
    ['GET', '/subscriptions/mine', 400, 'InvalidSubscriptionId'],
    ['GET', '/subscriptions/00000000-0000-4000-8000-00000000000f', 404, 'SubscriptionNotFound'],
    ['GET', `${SUBSCRIPTION}/providers/Microsoft.Nothing/things`, 404, 'InvalidResourceNamespace'],
    ['GET', `${ACI}/containerGroupz/web`, 404, 'InvalidResourceType'],
    ['POST', `${ACI}/containerGroups/web`, 405, 'MethodNotAllowed'],
    [
      'GET',
      `${SUBSCRIPTION}/resourceGroups/other/providers/Microsoft.ContainerInstance/containerGroups`,
      404,
      'ResourceGroupNotFound',
    ],
    ['GET', `${ACI}/containerGroups/web`, 404, 'ResourceNotFound'],
    // The command line's export asks so.
    ['GET', `${ACI}//containerGroups/web`, 404, 'ResourceNotFound'],
    ['GET', `${ACI}/containerGroups/web?api-version=`, 400, 'MissingApiVersionParameter'],
    ['GET', `${ACI}/containerGroups/web?api-version=2016-01-01`, 400, 'NoRegisteredProviderFound'],
    ['GET', '/subscriptions?api-version=now', 400, 'InvalidApiVersionParameter'],
  ])('%s %s is %d %s', async (method, path, status, code) => {
    await using azure = await startAzure()
    const answer = await azure.call(method, path)
    expect(answer.body).toEqual({ error: { code, message: expect.any(String) } })
    expect(answer.status).toBe(status)
  })

  it('name the supported versions in its own words', async () => {
    await using azure = await startAzure()
    const { body } = await azure.call('GET', `${ACI}/containerGroups/web?api-version=2016-01-01`)
    expect(body.error.message).toMatch(
      /^No registered resource provider found for location 'eastus' and API version '2016-01-01' for type 'containerGroups'\. The supported api-versions are '.*2018-10-01, .*2023-05-01, .*2025-09-01.*'\. The supported locations are '.*'\.$/,
    )
  })

  it.each(['2018-10-01', '2021-09-01', '2023-05-01', '2025-09-01'])(
    'take api-version %s',
    async (version) => {
      await using azure = await startAzure()
      expect((await azure.call('GET', `${ACI}/containerGroups?api-version=${version}`)).status).toBe(200)
    },
  )

  it('carry the headers of the real ones, and no date of this machine alone', async () => {
    await using azure = await startAzure({ clocks: { frontEnd: { offsetInMs: 3_600_000 } } })
    const { headers } = await azure.call('GET', '/subscriptions', undefined, {
      'x-ms-client-request-id': 'mine',
    })
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-cache',
      pragma: 'no-cache',
      expires: '-1',
      'content-type': 'application/json; charset=utf-8',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-ms-client-request-id': 'mine',
    })
    expect(Date.parse(headers.get('date') ?? '') - Date.now()).toBeGreaterThan(3_590_000)
  })

  it('do not depend on the case of a path', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody())
    const path = `${ACI}/containerGroups/web`.replace('resourceGroups/berth', 'resourcegroups/BERTH')
    const { status, body } = await azure.call('GET', path.replace('containerGroups', 'CONTAINERGROUPS'))
    expect([status, body.name]).toEqual([200, 'web'])
    expect(body.id).toContain('/resourceGroups/berth/')
  })

  it.each(['{', '[]', '"text"', ''])('refuse the body %j', async (body) => {
    await using azure = await startAzure()
    const answer = await azure.call('PUT', 'web', body)
    expect([answer.status, answer.body.error.code]).toEqual([400, 'InvalidRequestContent'])
  })

  it('refuse more than 4 MB', async () => {
    await using azure = await startAzure()
    const tags = { long: 'x'.repeat(5 * 1024 * 1024) }
    const status = await azure.call('PUT', 'web', groupBody({ tags })).then(
      (answer) => answer.status,
      // The connection may end while the rest is still being sent.
      () => 413,
    )
    expect(status).toBe(413)
  })
})

describe("ARM's throttling", () => {
  it('counts down reads, writes and deletes apart, and refuses with Retry-After', async () => {
    const slow = { capacity: 2, refillPerSecond: 0.5 }
    await using azure = await startAzure({ limits: { arm: { reads: slow } } })
    const left = (headers: Headers) => headers.get('x-ms-ratelimit-remaining-subscription-reads')
    expect(left((await azure.call('GET', 'web')).headers)).toBe('1')
    expect(left((await azure.call('GET', 'web')).headers)).toBe('0')
    const refused = await azure.call('GET', 'web')
    expect([refused.status, refused.body.error.code]).toEqual([429, 'SubscriptionRequestsThrottled'])
    expect(refused.headers.get('retry-after')).toBe('2')
    const write = await azure.call('PUT', 'web', groupBody())
    expect(write.status).toBe(201)
    expect(write.headers.get('x-ms-ratelimit-remaining-subscription-writes')).toBe('199')
    const removal = await azure.call('DELETE', 'web')
    expect(removal.headers.get('x-ms-ratelimit-remaining-subscription-deletes')).toBe('199')
  })

  it('fills up again', async () => {
    const reads = { capacity: 1, refillPerSecond: 1 }
    await using azure = await startAzure({ limits: { arm: { reads } } })
    expect((await azure.call('GET', 'web')).status).toBe(404)
    expect((await azure.call('GET', 'web')).status).toBe(429)
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    expect((await azure.call('GET', 'web')).status).toBe(404)
  })
})
