import { describe, expect, it } from 'vitest'
import { type Azure, groupBody, startAzure } from '../azure.ts'

const resources = { requests: { cpu: 1, memoryInGB: 1 } }
const container = (name: string, properties: object = {}) => ({
  name,
  properties: { image: 'nginx', resources, ...properties },
})
const ports = (...numbers: number[]) => numbers.map((port) => ({ port, protocol: 'TCP' }))
const served = (...numbers: number[]) => ({
  container: { ports: ports(...numbers) },
  properties: { ipAddress: { type: 'Public', ports: ports(...numbers) } },
})

const REFUSED: readonly (readonly [what: string, code: string, body: object])[] = [
  ['no location', 'LocationRequired', { ...groupBody(), location: undefined }],
  ['an unknown location', 'LocationNotAvailableForResourceType', groupBody({ location: 'atlantis' })],
  ['no osType', 'InvalidOsType', groupBody({ properties: { osType: undefined } })],
  ['an unknown osType', 'InvalidOsType', groupBody({ properties: { osType: 'BeOS' } })],
  [
    'Windows with an image of Linux',
    'OsVersionNotSupported',
    groupBody({ properties: { osType: 'Windows' } }),
  ],
  ['an unknown restart policy', 'InvalidRestartPolicy', groupBody({ properties: { restartPolicy: 'Once' } })],
  [
    'a network profile, of which none is here',
    'NetworkProfileNotFound',
    groupBody({ properties: { networkProfile: { id: '/subscriptions/s/resourceGroups/r/mine' } } }),
  ],
  ['no container', 'MissingContainers', groupBody({ properties: { containers: [] } })],
  [
    '61 containers',
    'TooManyContainers',
    groupBody({
      properties: { containers: Array.from({ length: 61 }, (_, index) => container(`c${index}`)) },
    }),
  ],
  [
    'a wrong name of a container',
    'InvalidContainerName',
    groupBody({ properties: { containers: [container('Web')] } }),
  ],
  [
    'a name twice',
    'DuplicateContainerNames',
    groupBody({ properties: { containers: [container('a'), container('a')] } }),
  ],
  ['no image', 'InvalidImageName', groupBody({ container: { image: undefined } })],
  ['no resources', 'ResourceRequestsNotSpecified', groupBody({ container: { resources: undefined } })],
  [
    'no memory',
    'ResourceRequestsNotSpecified',
    groupBody({ container: { resources: { requests: { cpu: 1 } } } }),
  ],
  [
    'cpu beside its step',
    'InvalidResourceRequests',
    groupBody({ container: { resources: { requests: { cpu: 0.255, memoryInGB: 1 } } } }),
  ],
  [
    'memory beside its step',
    'InvalidResourceRequests',
    groupBody({ container: { resources: { requests: { cpu: 1, memoryInGB: 1.55 } } } }),
  ],
  [
    'a limit below the request',
    'ResourceLimitsLessThanRequests',
    groupBody({
      container: { resources: { requests: { cpu: 2, memoryInGB: 2 }, limits: { cpu: 2, memoryInGB: 1 } } },
    }),
  ],
  [
    'a limit above what all request',
    'ContainerLimitGreaterThanContainerGroupTotalRequest',
    groupBody({ container: { resources: { requests: { cpu: 1, memoryInGB: 1 }, limits: { cpu: 2 } } } }),
  ],
  [
    'a wrong name of a variable',
    'InvalidContainerEnvironmentVariable',
    groupBody({ container: { environmentVariables: [{ name: '1A', value: 'b' }] } }),
  ],
  [
    'a variable with two values',
    'InvalidContainerEnvironmentVariable',
    groupBody({ container: { environmentVariables: [{ name: 'A', value: 'b', secureValue: 'c' }] } }),
  ],
  [
    'a probe of nothing',
    'InvalidContainerProbe',
    groupBody({ container: { livenessProbe: { periodSeconds: 1 } } }),
  ],
  [
    'an init container with ports',
    'InvalidInitContainer',
    groupBody({
      properties: { initContainers: [{ name: 'init', properties: { image: 'a', ports: ports(80) } }] },
    }),
  ],
  [
    'an address without ports',
    'MissingIpAddressPorts',
    groupBody({ properties: { ipAddress: { type: 'Public', ports: [] } } }),
  ],
  [
    'a port that no container has',
    'UnreferencedIpAddressPorts',
    groupBody({ properties: { ipAddress: { type: 'Public', ports: ports(80, 443) } } }),
  ],
  ['six ports', 'TooManyIpAddressPorts', groupBody(served(1, 2, 3, 4, 5, 6))],
  ['a reserved port', 'ReservedPort', groupBody(served(22))],
  ['a port of a reserved range', 'ReservedPort', groupBody(served(25_000))],
  ['port 0', 'InvalidPort', groupBody(served(0))],
  [
    'an unknown protocol',
    'InvalidPortProtocol',
    groupBody({ container: { ports: [{ port: 80, protocol: 'SCTP' }] } }),
  ],
  [
    'one port in two containers',
    'DuplicateContainerPorts',
    groupBody({
      properties: {
        containers: [container('a', { ports: ports(80) }), container('b', { ports: ports(80) })],
      },
    }),
  ],
  [
    'an unknown type of address',
    'InvalidIpAddressType',
    groupBody({ properties: { ipAddress: { type: 'Secret', ports: ports(80) } } }),
  ],
  [
    'a wrong label',
    'InvalidDnsNameLabel',
    groupBody({
      container: { ports: ports(80) },
      properties: { ipAddress: { type: 'Public', ports: ports(80), dnsNameLabel: '1web' } },
    }),
  ],
  [
    'a label of a private address',
    'DnsNameLabelNotSupported',
    groupBody({
      container: { ports: ports(80) },
      properties: { ipAddress: { type: 'Private', ports: ports(80), dnsNameLabel: 'my-site' } },
    }),
  ],
  [
    'a public address in a network',
    'PublicIpAddressNotSupportedInVNet',
    groupBody({
      container: { ports: ports(80) },
      properties: { subnetIds: [{ id: 's' }], ipAddress: { type: 'Public', ports: ports(80) } },
    }),
  ],
  [
    'a public address of a spot group',
    'PublicIpAddressNotSupportedForSpot',
    groupBody({
      container: { ports: ports(80) },
      properties: { priority: 'Spot', ipAddress: { type: 'Public', ports: ports(80) } },
    }),
  ],
  [
    '21 volumes',
    'TooManyVolumes',
    groupBody({
      properties: {
        volumes: Array.from({ length: 21 }, (_, index) => ({ name: `volume${index}`, emptyDir: {} })),
      },
    }),
  ],
  [
    'a short name of a volume',
    'InvalidVolumeName',
    groupBody({ properties: { volumes: [{ name: 'data', emptyDir: {} }] } }),
  ],
  [
    'two hyphens in one',
    'InvalidVolumeName',
    groupBody({ properties: { volumes: [{ name: 'my--data', emptyDir: {} }] } }),
  ],
  ['a volume of nothing', 'InvalidVolume', groupBody({ properties: { volumes: [{ name: 'volume' }] } })],
  [
    'a volume twice',
    'DuplicateVolumeNames',
    groupBody({
      properties: {
        volumes: [
          { name: 'volume', emptyDir: {} },
          { name: 'volume', emptyDir: {} },
        ],
      },
    }),
  ],
  [
    'a secret that is not base64',
    'InvalidSecretVolume',
    groupBody({ properties: { volumes: [{ name: 'volume', secret: { a: 'plain text' } }] } }),
  ],
  [
    'a mount of nothing',
    'VolumeMountNotFound',
    groupBody({ container: { volumeMounts: [{ name: 'volume', mountPath: '/a' }] } }),
  ],
  [
    'a mount at no path',
    'InvalidVolumeMountPath',
    groupBody({
      properties: { volumes: [{ name: 'volume', emptyDir: {} }] },
      container: { volumeMounts: [{ name: 'volume', mountPath: 'a' }] },
    }),
  ],
  [
    'more credentials than containers',
    'MoreImageRegistryCredentialsThanContainers',
    groupBody({ properties: { imageRegistryCredentials: [{ server: 'a' }, { server: 'b' }] } }),
  ],
  ['an unknown type of identity', 'InvalidIdentityType', groupBody({ identity: { type: 'Mine' } })],
]

describe('what ACI refuses with a 400', async () => {
  it.each(REFUSED)('%s: %s', async (_, code, body) => {
    await using azure = await startAzure()
    await refused(azure, 'web', body, code)
  })

  it.each(['Web', '-web', 'web-', 'w'.repeat(64)])('the name %s', async (name) => {
    await using azure = await startAzure()
    await refused(azure, name, groupBody(), 'InvalidContainerGroupName')
  })

  it('in its own words, where they are known', async () => {
    await using azure = await startAzure()
    const messageOf = async (body: object) => (await azure.call('PUT', 'web', body)).body.error.message
    expect(await messageOf(groupBody({ properties: { ipAddress: { type: 'Public', ports: [] } } }))).toBe(
      "The ports in the 'ipAddress' of container group 'web' cannot be empty.",
    )
    expect(
      await messageOf(groupBody({ properties: { ipAddress: { type: 'Public', ports: ports(443, 80) } } })),
    ).toBe(
      "Following ports '443,80' in the 'ipAddress' are not used by any container in container group 'web'.",
    )
    expect(await messageOf(groupBody({ properties: { osType: undefined } }))).toBe(
      "The 'osType' for container group '<null>' is invalid. The value must be one of 'Windows,Linux'.",
    )
  })

  it.each([
    [0.01, 0.1],
    [0.3, 0.7],
    [31, 240],
  ])('not %d vCPU and %d GB', async (cpu, memoryInGB) => {
    await using azure = await startAzure()
    const { status } = await azure.call(
      'PUT',
      'web',
      groupBody({ container: { resources: { requests: { cpu, memoryInGB } } } }),
    )
    expect(status).toBe(201)
  })

  it('not null, which is as good as left out', async () => {
    await using azure = await startAzure()
    const { status, body } = await azure.call(
      'PUT',
      'web',
      groupBody({ properties: { ipAddress: null, volumes: null }, container: { command: null } }),
    )
    expect(status).toBe(201)
    expect(body.properties).not.toHaveProperty('ipAddress')
  })
})

describe('what ACI has no room for', () => {
  it('is a 409 that names what was asked for', async () => {
    await using azure = await startAzure()
    const requests = { cpu: 32, memoryInGB: 16 }
    const { status, body } = await azure.call(
      'PUT',
      'web',
      groupBody({ container: { resources: { requests } } }),
    )
    expect([status, body.error]).toEqual([
      409,
      {
        code: 'ServiceUnavailable',
        message:
          "The requested resource is not available in the location 'eastus' at this moment. Please retry with a different resource request or in another location. Resource requested: '32' CPU '16' GB memory 'Linux' OS",
      },
    ])
  })

  it('is less for spot groups', async () => {
    await using azure = await startAzure()
    const requests = { cpu: 5, memoryInGB: 1 }
    const { status } = await azure.call(
      'PUT',
      'web',
      groupBody({ container: { resources: { requests } }, properties: { priority: 'Spot' } }),
    )
    expect(status).toBe(409)
  })
})

async function refused(azure: Azure, name: string, body: object, code: string): Promise<void> {
  const { status, body: answer, headers } = await azure.call('PUT', name, body)
  expect(answer).toEqual({ error: { code, message: expect.any(String) } })
  expect(status).toBe(400)
  expect(headers.get('x-ms-ratelimit-remaining-subscription-resource-requests-pt1h')).toBe('299')
  expect((await azure.call('GET', name)).status).toBe(404)
}
