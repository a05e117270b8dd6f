import { describe, expect, it } from 'vitest'
import { groupBody, startAzure } from '../azure.ts'

describe('the request log', () => {
  it('tells method, path, operation, status and when, of unknown requests too', async () => {
    await using azure = await startAzure()
    const before = Date.now() - 1
    await azure.call('PUT', 'web', groupBody())
    await azure.call('GET', '/nowhere')
    const [, put, unknown] = azure.emulator.requests()
    expect(put).toMatchObject({
      endpoint: 'arm',
      method: 'PUT',
      path: expect.stringMatching(/containerGroups\/web\?api-version=2023-05-01$/),
      service: 'aci',
      operation: 'ContainerGroups_CreateOrUpdate',
      status: 201,
      faults: [],
    })
    expect(put?.at).toBeGreaterThan(before)
    expect(unknown).toMatchObject({ method: 'GET', path: '/nowhere?api-version=2023-05-01', status: 404 })
    expect(unknown?.operation).toBeUndefined()
  })

  it('holds no secret: no header, no body, no query', async () => {
    await using azure = await startAzure()
    const container = { environmentVariables: [{ name: 'KEY', secureValue: 'hush-hush' }] }
    await azure.call('PUT', 'web?note=hush-hush', groupBody({ container }))
    const text = JSON.stringify(azure.emulator.requests())
    expect(text).not.toContain('hush-hush')
    expect(text).not.toContain(azure.emulator.environment.IDENTITY_HEADER)
    expect(text).not.toContain('eyJ')
  })
})
