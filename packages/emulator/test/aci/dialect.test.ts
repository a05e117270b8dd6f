import { describe, expect, it } from 'vitest'
import { eventually, groupBody, startAzure } from '../azure.ts'

const published = groupBody({
  container: { ports: [{ port: 80 }] },
  properties: { ipAddress: { type: 'Public', ports: [{ port: 80 }] } },
})
const slow = { durations: { placing: 2_000 } }

describe('the dialect of', () => {
  it('an address with the acceptance', async () => {
    await using azure = await startAzure({ dialects: { aci: { address: 'accepted' } }, profile: slow })
    const { body } = await azure.call('PUT', 'web', published)
    expect(body.properties.provisioningState).toBe('Pending')
    expect(body.properties.ipAddress.ip).toMatch(/^127\./)
    expect((await azure.settled('web')).ipAddress?.ip).toBe(body.properties.ipAddress.ip)
  })

  it('an address by Succeeded', async () => {
    await using azure = await startAzure({ profile: slow })
    const { body } = await azure.call('PUT', 'web', published)
    expect(body.properties.ipAddress).toEqual({ ports: [{ protocol: 'TCP', port: 80 }], type: 'Public' })
    expect((await azure.settled('web')).ipAddress?.ip).toMatch(/^127\./)
  })

  it.each([
    ['null', null],
    ['0.0.0.0', '0.0.0.0'],
    ['absent', undefined],
  ] as const)('an address some time after Succeeded, and %s until then', async (until, shown) => {
    const address = { afterSucceededInMs: 20_000, until }
    await using azure = await startAzure({ dialects: { aci: { address } }, timeScale: 10 })
    await azure.call('PUT', 'web', published)
    await azure.settled('web')
    const { body } = await azure.call('GET', 'web')
    expect(body.properties.ipAddress.ip).toBe(shown)
    await azure.until('web', ({ ipAddress }) => ipAddress?.ip?.startsWith('127.') ?? false)
  })

  it('no events though it runs', async () => {
    await using azure = await startAzure({ dialects: { aci: { events: 'empty' } } })
    const { headers } = await azure.call('PUT', 'web', groupBody())
    const group = await azure.settled('web')
    expect(group.containers[0]?.instanceView).toMatchObject({
      currentState: { state: 'Running' },
      events: [],
    })
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    expect((await azure.call('GET', url.pathname + url.search)).body.properties.events).toEqual([])
  })

  it('not even that there are no events', async () => {
    await using azure = await startAzure({ dialects: { aci: { events: 'absent' } } })
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const { body } = await azure.call('GET', 'web')
    expect(Object.keys(body.properties.containers[0].properties.instanceView)).toEqual([
      'restartCount',
      'currentState',
    ])
  })

  it('Created events', async () => {
    await using azure = await startAzure({ dialects: { aci: { createdEvents: true } } })
    await azure.call('PUT', 'web', groupBody())
    const { containers } = await azure.settled('web')
    expect(containers[0]?.instanceView?.events?.map(({ name }) => name)).toEqual([
      'Pulling',
      'Pulled',
      'Created',
      'Started',
    ])
  })

  it('events one by one', async () => {
    await using azure = await startAzure({ dialects: { aci: { coalescedEvents: false } }, timeScale: 100 })
    await azure.call('PUT', 'loop', groupBody({ container: { image: 'none/exit:0' } }))
    const group = await azure.until(
      'loop',
      ({ containers: [container] }) => (container?.instanceView?.restartCount ?? 0) >= 1,
    )
    const events = group.containers[0]?.instanceView?.events ?? []
    expect(events.filter(({ name }) => name === 'Pulling').length).toBeGreaterThan(1)
    expect(events.every(({ count }) => count === 1)).toBe(true)
  })

  it.each([
    ['seconds', /:\d\dZ$/],
    ['milliseconds', /:\d\d(\.\d{0,2}[1-9])?Z$/],
  ] as const)('times of containers in %s', async (containerTimes, form) => {
    await using azure = await startAzure({ dialects: { aci: { containerTimes } } })
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const { body } = await azure.call('GET', 'web')
    expect(body.properties.containers[0].properties.instanceView.currentState.startTime).toMatch(form)
  })

  it.each([null, 5, 15])('Retry-After: %s', async (retryAfterInSeconds) => {
    await using azure = await startAzure({ dialects: { aci: { retryAfterInSeconds } }, profile: slow })
    const expected = retryAfterInSeconds === null ? null : String(retryAfterInSeconds)
    const { headers } = await azure.call('PUT', 'web', groupBody())
    expect(headers.get('retry-after')).toBe(expected)
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const going = await azure.call('GET', url.pathname + url.search)
    expect([going.body.status, going.headers.get('retry-after')]).toEqual(['Pending', expected])
    await azure.settled('web')
    expect((await azure.call('GET', url.pathname + url.search)).headers.get('retry-after')).toBeNull()
  })

  it('the states of 2025', async () => {
    await using azure = await startAzure({ dialects: { aci: { provisioningStates: '2025' } }, profile: slow })
    expect((await azure.call('PUT', 'web', groupBody())).body.properties.provisioningState).toBe('Accepted')
    await azure.settled('web')
    const changed = groupBody({ container: { command: ['a'] } })
    expect((await azure.call('PUT', 'web', changed)).body.properties.provisioningState).toBe('Updating')
  })

  it('a group that cannot be read yet', async () => {
    await using azure = await startAzure({ dialects: { aci: { readableAfterInMs: 20_000 } }, timeScale: 10 })
    await azure.call('PUT', 'web', groupBody())
    expect((await azure.call('GET', 'web')).status).toBe(404)
    await eventually(async () => (await azure.call('GET', 'web')).status).toBe(200)
  })
})
