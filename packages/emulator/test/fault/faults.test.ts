import { describe, expect, it } from 'vitest'
import { eventually, groupBody, startAzure } from '../azure.ts'

const onCreate = { operation: 'ContainerGroups_CreateOrUpdate' }

describe('a fault of kind', () => {
  it('throttle refuses with Retry-After, and nothing takes effect', async () => {
    await using azure = await startAzure({
      faults: [{ match: { ...onCreate, nth: 1 }, effect: { kind: 'throttle', retryAfterInSeconds: 7 } }],
    })
    const refused = await azure.call('PUT', 'web', groupBody())
    expect([refused.status, refused.body.error.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'TooManyRequests',
      '7',
    ])
    expect((await azure.call('GET', 'web')).status).toBe(404)
    expect((await azure.call('PUT', 'web', groupBody())).status).toBe(201)
  })

  it('error refuses with that status and code', async () => {
    await using azure = await startAzure({
      faults: [
        {
          match: { operation: 'Containers*' },
          effect: { kind: 'error', status: 500, code: 'InternalServerError', message: 'no luck' },
        },
      ],
    })
    const refused = await azure.call('GET', 'web/containers/main/logs')
    expect([refused.status, refused.body]).toEqual([
      500,
      { error: { code: 'InternalServerError', message: 'no luck' } },
    ])
  })

  it('capacity at once is a 409', async () => {
    await using azure = await startAzure({
      faults: [{ match: { region: 'eastus' }, effect: { kind: 'capacity', when: 'at-once' } }],
    })
    const refused = await azure.call('PUT', 'web', groupBody())
    expect([refused.status, refused.body.error.code]).toEqual([409, 'ServiceUnavailable'])
    expect((await azure.call('PUT', 'web', groupBody({ location: 'westus' }))).status).toBe(201)
  })

  it('capacity afterwards fails the operation, with an event', async () => {
    await using azure = await startAzure({ faults: [{ effect: { kind: 'capacity', when: 'afterwards' } }] })
    const { status, headers } = await azure.call('PUT', 'web', groupBody())
    expect(status).toBe(201)
    const group = await azure.settled('web')
    expect(group).toMatchObject({
      provisioningState: 'Failed',
      instanceView: { state: 'Pending', events: [{ name: 'InsufficientCapacity.', type: 'Warning' }] },
    })
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const { body } = await azure.call('GET', url.pathname + url.search)
    expect(body).toMatchObject({
      status: 'Failed',
      properties: { events: [{ name: 'InsufficientCapacity.' }] },
    })
    await expect(
      azure.client.containerGroups.beginCreateOrUpdateAndWait(
        'berth',
        'other',
        {
          location: 'eastus',
          osType: 'Linux',
          containers: [{ name: 'a', image: 'nginx', resources: { requests: { cpu: 1, memoryInGB: 1 } } }],
        },
        { updateIntervalInMs: 10 },
      ),
    ).rejects.toThrow('long-running operation has failed')
  })

  it('quota is a 400', async () => {
    await using azure = await startAzure({ faults: [{ effect: { kind: 'quota' } }] })
    const refused = await azure.call('PUT', 'web', groupBody())
    expect([refused.status, refused.body.error.code]).toEqual([400, 'ContainerGroupQuotaReached'])
  })

  it('lost-response takes effect, and the client never hears of it', async () => {
    await using azure = await startAzure({ faults: [{ match: onCreate, effect: { kind: 'lost-response' } }] })
    await expect(azure.call('PUT', 'web', groupBody())).rejects.toThrow()
    expect((await azure.call('GET', 'web')).status).toBe(200)
    const [, put] = azure.emulator.requests()
    expect(put).toMatchObject({ operation: 'ContainerGroups_CreateOrUpdate', faults: ['lost-response'] })
    expect(put?.status).toBeUndefined()
  })

  it.each(['lost-request', 'reset'] as const)('%s takes no effect', async (kind) => {
    await using azure = await startAzure({ faults: [{ match: onCreate, effect: { kind } }] })
    await expect(azure.call('PUT', 'web', groupBody())).rejects.toThrow()
    expect((await azure.call('GET', 'web')).status).toBe(404)
  })

  it('lost-response that hangs leaves the client waiting', async () => {
    await using azure = await startAzure({
      faults: [{ match: onCreate, effect: { kind: 'lost-response', hangs: true } }],
    })
    const outcome = azure.call('PUT', 'web', groupBody()).catch(() => 'closed')
    await eventually(async () => (await azure.call('GET', 'web')).status).toBe(200)
    const waited = new Promise((resolve) => setTimeout(resolve, 200, 'waits'))
    expect(await Promise.race([outcome, waited])).toBe('waits')
    await azure.emulator.close()
    expect(await outcome).toBe('closed')
  })

  it('slow answers late, after it took effect', async () => {
    await using azure = await startAzure({
      faults: [{ match: onCreate, effect: { kind: 'slow', delayInMs: 3_000 } }],
      timeScale: 10,
    })
    const startedAt = performance.now()
    const answer = azure.call('PUT', 'web', groupBody())
    await eventually(async () => (await azure.call('GET', 'web')).status).toBe(200)
    expect((await answer).status).toBe(201)
    expect(performance.now() - startedAt).toBeGreaterThan(295)
  })

  it('slow forgets a client that is gone', async () => {
    await using azure = await startAzure({
      faults: [{ match: onCreate, effect: { kind: 'slow', delayInMs: 60_000 } }],
    })
    const gone = AbortSignal.timeout(100)
    const path =
      '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/berth/providers/Microsoft.ContainerInstance/containerGroups/web?api-version=2023-05-01'
    await expect(
      fetch(azure.emulator.endpoints.arm + path, {
        method: 'PUT',
        body: JSON.stringify(groupBody()),
        signal: gone,
      }),
    ).rejects.toThrow()
    await eventually(() => azure.emulator.requests().at(-1)?.operation).toBe('ContainerGroups_CreateOrUpdate')
  })

  it('slow-pull makes each pull so much longer', async () => {
    await using azure = await startAzure({
      faults: [{ effect: { kind: 'slow-pull', delayInMs: 5_000 } }],
      timeScale: 10,
    })
    await azure.call('PUT', 'web', groupBody())
    await azure.until('web', ({ containers }) => containers[0]?.instanceView !== undefined)
    const startedAt = performance.now()
    await azure.settled('web')
    expect(performance.now() - startedAt).toBeGreaterThan(400)
  })

  it('failed-pull fails the first pulls, or all', async () => {
    await using azure = await startAzure({
      faults: [
        { match: { name: 'twice' }, effect: { kind: 'failed-pull', times: 2 } },
        { match: { name: 'always' }, effect: { kind: 'failed-pull', reason: 'unauthorized' } },
      ],
      timeScale: 200,
    })
    await azure.call('PUT', 'twice', groupBody())
    await azure.call('PUT', 'always', groupBody())
    const twice = await azure.settled('twice')
    expect(twice.provisioningState).toBe('Succeeded')
    const failed = twice.containers[0]?.instanceView?.events?.find(({ name }) => name === 'Failed')
    expect(failed).toMatchObject({
      count: 2,
      type: 'Warning',
      message: expect.stringContaining('Failed to pull image "nginx"'),
    })
    expect((await azure.settled('always')).provisioningState).toBe('Failed')
  })

  it('a pull that comes right after all ends in Succeeded', async () => {
    await using azure = await startAzure({
      faults: [{ effect: { kind: 'failed-pull', times: 4 } }],
      timeScale: 200,
    })
    await azure.call('PUT', 'web', groupBody())
    await azure.until('web', ({ provisioningState }) => provisioningState === 'Failed')
    await azure.until('web', ({ provisioningState }) => provisioningState === 'Succeeded')
  })

  it('stuck leaves a group Pending', async () => {
    await using azure = await startAzure({ faults: [{ effect: { kind: 'stuck' } }] })
    await azure.call('PUT', 'web', groupBody())
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { body } = await azure.call('GET', 'web')
    expect(body.properties).toMatchObject({
      provisioningState: 'Pending',
      instanceView: { state: 'Pending' },
    })
    expect((await azure.call('DELETE', 'web')).status).toBe(200)
  })
})

describe('fault rules', () => {
  it('can be added and forgotten while it runs', async () => {
    await using azure = await startAzure()
    azure.emulator.addFault({ match: { name: 'web*' }, effect: { kind: 'error', status: 503, code: 'Busy' } })
    expect((await azure.call('GET', 'web-1')).status).toBe(503)
    expect((await azure.call('GET', 'other')).status).toBe(404)
    azure.emulator.clearFaults()
    expect((await azure.call('GET', 'web-1')).status).toBe(404)
  })

  it('strike the same calls with the same seed', async () => {
    const strikes = async (seed: number) => {
      await using azure = await startAzure({
        seed,
        faults: [
          {
            match: { probability: 0.5, service: 'aci' },
            effect: { kind: 'error', status: 503, code: 'Busy' },
          },
        ],
      })
      const statuses: number[] = []
      for (let call = 0; call < 20; call += 1) statuses.push((await azure.call('GET', 'web')).status)
      return statuses
    }
    const first = await strikes(11)
    expect(new Set(first)).toEqual(new Set([404, 503]))
    expect(await strikes(11)).toEqual(first)
    expect(await strikes(12)).not.toEqual(first)
  })
})
