import { describe, expect, it } from 'vitest'
import { eventually, groupBody, startAzure } from '../azure.ts'

describe('changing a group', () => {
  it('restarts its containers in place by the new spec, at the same address', async () => {
    await using azure = await startAzure()
    const properties = { ipAddress: { type: 'Public', ports: [{ port: 80 }] } }
    const container = { ports: [{ port: 80 }] }
    await azure.call('PUT', 'web', groupBody({ properties, container }))
    const before = await azure.settled('web')
    const { status, body } = await azure.call(
      'PUT',
      'web',
      groupBody({
        properties,
        container: { ...container, environmentVariables: [{ name: 'A', value: 'b' }] },
      }),
    )
    expect([status, body.properties.provisioningState]).toEqual([200, 'Pending'])
    const after = await azure.settled('web')
    expect(after.containers[0]?.environmentVariables).toEqual([{ name: 'A', value: 'b' }])
    expect(after.ipAddress?.ip).toBe(before.ipAddress?.ip)
    expect(after.containers[0]?.instanceView?.currentState?.state).toBe('Running')
  })

  it('wipes what the new spec leaves out', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody({ tags: { a: 'b' }, container: { command: ['sleep'] } }))
    await azure.settled('web')
    const { body } = await azure.call('PUT', 'web', groupBody())
    expect(body.tags).toEqual({})
    expect(body.properties.containers[0].properties.command).toBeUndefined()
  })

  it.each([
    ['the restart policy', { properties: { restartPolicy: 'Never' } }],
    ['resources', { container: { resources: { requests: { cpu: 2, memoryInGB: 1.5 } } } }],
    [
      'ports',
      {
        container: { ports: [{ port: 80 }] },
        properties: { ipAddress: { type: 'Public', ports: [{ port: 80 }] } },
      },
    ],
  ])('cannot change %s', async (_, change) => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const { status, body } = await azure.call('PUT', 'web', groupBody(change))
    expect([status, body.error.code]).toEqual([400, 'InvalidContainerGroupUpdate'])
  })

  it.each([
    ['keeps', false],
    ['restarts', true],
  ] as const)('by the same spec %s it', async (identicalPut, isRestarted) => {
    await using azure = await startAzure({
      dialects: { aci: { identicalPut } },
      profile: { durations: { starting: 2_000 } },
    })
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const { status, body, headers } = await azure.call('PUT', 'web', groupBody())
    expect([status, body.properties.provisioningState]).toEqual([200, isRestarted ? 'Pending' : 'Succeeded'])
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    const operation = await azure.call('GET', url.pathname + url.search)
    expect(operation.body.status).toBe(isRestarted ? 'Pending' : 'Succeeded')
  })

  it.each([
    { tagsByPatch: 'replaces', tags: { b: '3', c: '4' } },
    { tagsByPatch: 'adds', tags: { a: '1', b: '3', c: '4' } },
  ] as const)('by PATCH $tagsByPatch tags', async ({ tagsByPatch, tags }) => {
    await using azure = await startAzure({ dialects: { aci: { tagsByPatch } } })
    await azure.call('PUT', 'web', groupBody({ tags: { a: '1', b: '2' } }))
    const group = await azure.client.containerGroups.update('berth', 'web', { tags: { b: '3', c: '4' } })
    expect(group.tags).toEqual(tags)
  })
})

describe('deleting a group', () => {
  it('answers with the group at once, and 204 where there is none', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const { status, body } = await azure.call('DELETE', 'web')
    expect([status, body.name]).toEqual([200, 'web'])
    await eventually(async () => (await azure.call('GET', 'web')).status).toBe(404)
    expect((await azure.call('DELETE', 'web')).status).toBe(204)
  })

  it('may take a while, during which the name is taken', async () => {
    await using azure = await startAzure({
      dialects: { aci: { deleteLingersInMs: 20_000, provisioningStates: '2025' } },
      timeScale: 10,
    })
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    await azure.call('DELETE', 'web')
    const { status, body } = await azure.call('GET', 'web')
    expect([status, body.properties.provisioningState]).toEqual([200, 'Deleting'])
    expect((await azure.call('PUT', 'web', groupBody())).body.error.code).toBe('ContainerGroupTransitioning')
    await eventually(async () => (await azure.call('GET', 'web')).status).toBe(404)
    expect((await azure.call('PUT', 'web', groupBody())).status).toBe(201)
  })

  it('is possible while it is provisioned', async () => {
    await using azure = await startAzure({ profile: { durations: { placing: 60_000 } } })
    const { headers } = await azure.call('PUT', 'web', groupBody())
    expect((await azure.call('DELETE', 'web')).status).toBe(200)
    await eventually(async () => (await azure.call('GET', 'web')).status).toBe(404)
    const url = new URL(headers.get('azure-asyncoperation') ?? '')
    expect((await azure.call('GET', url.pathname + url.search)).body.status).toBe('Failed')
  })
})
