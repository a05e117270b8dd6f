import { describe, expect, it } from 'vitest'
import { groupBody, startAzure } from '../azure.ts'

describe('creating a group', () => {
  it('goes from the answer over its operation to a group that runs, as the official client sees it', async () => {
    await using azure = await startAzure()
    const poller = await azure.client.containerGroups.beginCreateOrUpdate(
      'berth',
      'web',
      {
        location: 'eastus',
        osType: 'Linux',
        containers: [
          {
            name: 'web',
            image: 'nginx',
            ports: [{ port: 80 }],
            resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
          },
        ],
        ipAddress: { type: 'Public', ports: [{ port: 80 }], dnsNameLabel: 'my-site' },
      },
      { updateIntervalInMs: 10 },
    )
    const group = await poller.pollUntilDone()
    expect(group).toMatchObject({
      provisioningState: 'Succeeded',
      instanceView: { state: 'Running', events: [] },
      ipAddress: {
        ip: expect.stringMatching(/^127\./),
        type: 'Public',
        dnsNameLabel: 'my-site',
        fqdn: 'my-site.eastus.azurecontainer.io',
      },
    })
    const [container] = group.containers
    expect(container?.instanceView?.currentState).toMatchObject({
      state: 'Running',
      startTime: expect.any(Date),
    })
    expect(container?.instanceView?.events?.map(({ name, count, type }) => [name, count, type])).toEqual([
      ['Pulling', 1, 'Normal'],
      ['Pulled', 1, 'Normal'],
      ['Started', 1, 'Normal'],
    ])
  })

  it('answers 201 with what was recorded: the group, where its operation is, what is left of the limits', async () => {
    await using azure = await startAzure()
    const { status, body, headers } = await azure.call('PUT', 'web', groupBody({ tags: { a: 'b' } }))
    expect(status).toBe(201)
    expect(headers.get('azure-asyncoperation')).toMatch(
      new RegExp(
        `^${azure.emulator.endpoints.arm}/subscriptions/[0-9a-f-]{36}/providers/Microsoft.ContainerInstance/locations/eastus/operations/[0-9a-f-]{36}\\?api-version=2018-06-01$`,
      ),
    )
    expect(headers.get('location')).toBeNull()
    expect(headers.get('retry-after')).toBeNull()
    expect(headers.get('x-ms-ratelimit-remaining-subscription-resource-requests-pt1h')).toBe('299')
    expect(headers.get('x-ms-ratelimit-remaining-subscription-resource-requests-pt5m')).toBe('99')
    expect(body).toEqual({
      properties: {
        sku: 'Standard',
        provisioningState: 'Pending',
        provisioningTimeoutInSeconds: 1800,
        isCustomProvisioningTimeout: false,
        containers: [
          {
            name: 'main',
            properties: {
              image: 'nginx',
              ports: [],
              environmentVariables: [],
              resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
            },
          },
        ],
        initContainers: [],
        osType: 'Linux',
        restartPolicy: 'Always',
        instanceView: { events: [], state: 'Pending' },
      },
      id: '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/berth/providers/Microsoft.ContainerInstance/containerGroups/web',
      name: 'web',
      type: 'Microsoft.ContainerInstance/containerGroups',
      location: 'eastus',
      tags: { a: 'b' },
    })
  })

  it('has an operation as was recorded', async () => {
    await using azure = await startAzure()
    const { headers, body: group } = await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const { status, body } = await azure.call('GET', url.pathname + url.search)
    expect(status).toBe(200)
    const event = (name: string, message: string) => ({
      count: 1,
      firstTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      lastTimestamp: expect.stringMatching(/Z$/),
      name,
      message,
      type: 'Normal',
    })
    expect(body).toEqual({
      id: group.id,
      status: 'Succeeded',
      startTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
      properties: {
        events: [
          event('Pulling', 'pulling image "nginx"'),
          event('Pulled', 'Successfully pulled image "nginx"'),
          event('Started', 'Started container'),
        ],
      },
    })
    const unknown = await azure.call('GET', `${url.pathname}0${url.search}`)
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'OperationNotFound'])
  })

  it('tells by an operation what had happened when it ended, and nothing before or after', async () => {
    await using azure = await startAzure({ profile: { durations: { placing: 2_000 } }, timeScale: 20 })
    const { headers } = await azure.call('PUT', 'loop', groupBody({ container: { image: 'none/exit:0' } }))
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const ask = async () => (await azure.call('GET', url.pathname + url.search)).body
    expect(await ask()).toMatchObject({ status: 'Pending', properties: { events: [] } })
    await azure.until(
      'loop',
      ({ containers: [container] }) => (container?.instanceView?.restartCount ?? 0) >= 2,
    )
    const { status, properties } = await ask()
    expect(status).toBe('Succeeded')
    expect(properties.events).toMatchObject([
      { name: 'Pulling', count: 1 },
      { name: 'Pulled', count: 1 },
      { name: 'Started', count: 1 },
    ])
  })

  it.each([
    ['2018-10-01', []],
    ['2021-09-01', ['sku', 'initContainers']],
    ['2023-05-01', ['sku', 'provisioningTimeoutInSeconds', 'isCustomProvisioningTimeout', 'initContainers']],
  ])('is answered by version %s with %j beside what was asked for', async (version, added) => {
    await using azure = await startAzure()
    const { body } = await azure.call('PUT', `web?api-version=${version}`, groupBody())
    const always = ['provisioningState', 'containers', 'osType', 'restartPolicy', 'instanceView']
    expect(Object.keys(body.properties).sort()).toEqual([...always, ...added].sort())
  })

  it('passes Pending and Creating on its way, and tells nothing of a container before its node does', async () => {
    const durations = { placing: 15_000, pulling: 15_000 }
    await using azure = await startAzure({ profile: { durations }, timeScale: 10 })
    await azure.call('PUT', 'web', groupBody())
    const creating = await azure.until('web', ({ provisioningState }) => provisioningState === 'Creating')
    expect(creating.instanceView).toMatchObject({ state: 'Pending' })
    expect(creating.containers[0]?.instanceView).toBeUndefined()
    const pulling = await azure.until('web', ({ containers }) => containers[0]?.instanceView !== undefined)
    expect(pulling.containers[0]?.instanceView).toMatchObject({
      restartCount: 0,
      currentState: { state: 'Waiting' },
      events: [{ name: 'Pulling' }],
    })
    expect((await azure.settled('web')).instanceView?.state).toBe('Running')
  })

  it('assigns identities, and keeps them over updates', async () => {
    await using azure = await startAzure()
    const own =
      '/subscriptions/s/resourceGroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mine'
    const identity = { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [own]: {} } }
    const { body } = await azure.call('PUT', 'web', groupBody({ identity }))
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/)
    expect(body.identity).toEqual({
      userAssignedIdentities: { [own]: { principalId: id, clientId: id } },
      principalId: id,
      tenantId: azure.emulator.azure.tenantId,
      type: 'SystemAssigned, UserAssigned',
    })
    await azure.settled('web')
    expect((await azure.call('PUT', 'web', groupBody({ identity }))).body.identity).toEqual(body.identity)
  })

  it('runs init containers first, one after the other', async () => {
    await using azure = await startAzure()
    const init = (name: string, image: string) => ({ name, properties: { image } })
    const initContainers = [init('first', 'none/exit:0-after-50'), init('second', 'none/exit:0')]
    await azure.call('PUT', 'web', groupBody({ properties: { initContainers } }))
    const group = await azure.settled('web')
    expect(group.initContainers?.map(({ instanceView }) => instanceView?.currentState)).toMatchObject([
      { state: 'Terminated', exitCode: 0, detailStatus: 'Completed' },
      { state: 'Terminated', exitCode: 0 },
    ])
    expect(group.instanceView?.state).toBe('Running')
  })

  it('fails with its init container where that is not restarted', async () => {
    await using azure = await startAzure()
    const initContainers = [{ name: 'first', properties: { image: 'none/exit:3' } }]
    const properties = { initContainers, restartPolicy: 'Never' }
    await azure.call('PUT', 'web', groupBody({ properties }))
    const group = await azure.settled('web')
    expect(group.provisioningState).toBe('Failed')
    expect(group.containers[0]?.instanceView).toBeUndefined()
  })

  it('is refused while another change of the group goes on', async () => {
    await using azure = await startAzure({ profile: { durations: { placing: 20_000 } } })
    await azure.call('PUT', 'web', groupBody())
    for (const [method, path] of [
      ['PUT', 'web'],
      ['POST', 'web/stop'],
      ['POST', 'web/restart'],
    ] as const) {
      const { status, body } = await azure.call(method, path, groupBody())
      expect([status, body.error.code]).toEqual([409, 'ContainerGroupTransitioning'])
    }
  })

  it('is refused in another region than the group is in', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody())
    const { status, body } = await azure.call('PUT', 'web', groupBody({ location: 'West US' }))
    expect([status, body.error.code]).toEqual([409, 'InvalidResourceLocation'])
  })
})
