import { describe, expect, it } from 'vitest'
import { groupBody, startAzure } from '../azure.ts'

describe('an image that cannot be had', () => {
  it.each([
    ['not-found', 400, 'InaccessibleImage'],
    ['unauthorized', 400, 'InaccessibleImage'],
    ['rate-limited', 409, 'RegistryErrorResponse'],
  ])('%s is refused by the creating call: %d %s', async (reason, status, code) => {
    await using azure = await startAzure()
    const image = `none/no-image:${reason}`
    const answer = await azure.call('PUT', 'web', groupBody({ container: { image } }))
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
    expect((await azure.call('GET', 'web')).status).toBe(404)
  })

  it('says it in the words of the service', async () => {
    await using azure = await startAzure()
    const { body } = await azure.call('PUT', 'web', groupBody({ container: { image: 'none/no-image' } }))
    expect(body.error.message).toBe(
      "The image 'none/no-image' in container group 'web' is not accessible. Please check the image and registry credential.",
    )
  })

  it.each([
    ['afterwards', 'not-found'],
    ['at-once', 'unreachable'],
  ] as const)('is found out by the node where it is checked %s and %s', async (imageCheck, reason) => {
    await using azure = await startAzure({ dialects: { aci: { imageCheck } }, timeScale: 100 })
    const image = `none/no-image:${reason}`
    const { status, headers } = await azure.call('PUT', 'web', groupBody({ container: { image } }))
    expect(status).toBe(201)
    const group = await azure.until('web', ({ provisioningState }) => provisioningState === 'Failed')
    const view = group.containers[0]?.instanceView
    expect(view?.currentState).toMatchObject({
      state: 'Waiting',
      detailStatus: `ImagePullBackOff: Back-off pulling image "${image}"`,
    })
    expect(new Set(view?.events?.map(({ name }) => name))).toEqual(new Set(['Pulling', 'Failed', 'BackOff']))
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const { body } = await azure.call('GET', url.pathname + url.search)
    expect(body).toMatchObject({
      status: 'Failed',
      properties: { events: [{ name: 'Pulling' }, { name: 'Failed' }, {}] },
    })
    expect(body.error).toBeUndefined()
  })

  it('is told with the operation too in another dialect', async () => {
    await using azure = await startAzure({
      dialects: { aci: { imageCheck: 'afterwards', operationErrors: true } },
      timeScale: 100,
    })
    const { headers } = await azure.call('PUT', 'web', groupBody({ container: { image: 'none/no-image' } }))
    await azure.settled('web')
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const { body } = await azure.call('GET', url.pathname + url.search)
    expect(body.error).toEqual({
      code: 'ContainerStartFailed',
      message: 'Failed to pull image "none/no-image"',
    })
  })
})
