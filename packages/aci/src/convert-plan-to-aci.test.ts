import { secret } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { convertPlanToAci } from './convert-plan-to-aci.ts'

const identity =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i'

async function convert(spec: Parameters<typeof planForTest>[0]) {
  const plan = await planForTest(spec)
  return await convertPlanToAci(plan, plan.tags, 'westus2')
}

describe('convertPlanToAci', () => {
  it('puts a container, its ports and its address into the service’s words', async () => {
    const { group, notes } = await convert({
      command: ['serve'],
      args: ['--now'],
      env: { MODE: 'plain', PASSWORD: secret('hidden-7') },
      ports: [80, { port: 53, protocol: 'udp' }],
      labels: { team: 'web' },
    })
    expect(notes).toEqual([])
    expect(group.location).toBe('westus2')
    expect(group.tags).toMatchObject({
      team: 'web',
      'berth-owner': 'owner',
      'berth-lifetime': 'scope',
      'berth-created': expect.stringMatching(/^\d{10}$/) as string,
    })
    expect(group.properties).toEqual({
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          properties: {
            image: 'app:1',
            command: ['serve', '--now'],
            environmentVariables: [
              { name: 'MODE', value: 'plain' },
              { name: 'PASSWORD', secureValue: 'hidden-7' },
            ],
            ports: [
              { protocol: 'TCP', port: 80 },
              { protocol: 'UDP', port: 53 },
            ],
            resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
          },
        },
      ],
      ipAddress: {
        type: 'Public',
        ports: [
          { protocol: 'TCP', port: 80 },
          { protocol: 'UDP', port: 53 },
        ],
      },
    })
  })

  it('goes to a working directory by a shell that becomes the command', async () => {
    const { group } = await convert({ command: ['serve'], workingDirectory: '/app' })
    expect(group.properties.containers[0]?.properties.command).toEqual([
      '/bin/sh',
      '-c',
      'cd "$BERTH_ROOT$1" || exit; shift; exec "$@"',
      'sh',
      '/app',
      'serve',
    ])
  })

  it('rounds up what may be, and says so', async () => {
    const { group, notes } = await convert({ cpu: 0.123, memory: '123Mi', fit: 'up' })
    expect(group.properties.containers[0]?.properties.resources).toEqual({
      requests: { cpu: 0.13, memoryInGB: 0.2 },
    })
    expect(notes).toHaveLength(2)
  })

  it('has volumes of every kind, under names that the service takes', async () => {
    const { group } = await convert({
      volumes: {
        a: { kind: 'empty' },
        'key--files': { kind: 'secret', options: { 'key.pem': secret('s'), note: 'n' } },
        source: { kind: 'git-repo', options: { repository: 'https://example/app.git', revision: 'abc' } },
        share: {
          kind: 'azure-file',
          options: {
            shareName: 'data',
            storageAccountName: 'mine',
            storageAccountKey: secret('k'),
            readOnly: true,
          },
        },
      },
      mounts: [
        { volume: 'a', path: '/a' },
        { volume: 'key--files', path: '/keys', readOnly: true },
      ],
    })
    expect(group.properties.volumes).toEqual([
      { name: 'volume-1', emptyDir: {} },
      { name: 'volume-2', secret: { 'key.pem': 'cw==', note: 'bg==' } },
      { name: 'source', gitRepo: { repository: 'https://example/app.git', revision: 'abc' } },
      {
        name: 'share',
        azureFile: { shareName: 'data', storageAccountName: 'mine', storageAccountKey: 'k', readOnly: true },
      },
    ])
    expect(group.properties.containers[0]?.properties.volumeMounts).toEqual([
      { name: 'volume-1', mountPath: '/a' },
      { name: 'volume-2', mountPath: '/keys', readOnly: true },
    ])
  })

  it('copies files by a container of the same image before it, and mounts them where asked to', async () => {
    const files = { '/etc/app/app.conf': 'a=1', '/etc/app/keys/key': secret('s'), '/opt/empty': '' }
    const copied = (await convert({ files })).group.properties
    expect(copied.volumes).toEqual([
      { name: 'files-0-contents', secret: { 'file-0': 'YT0x', 'file-1': 'cw==' } },
      { name: 'files-0-0', emptyDir: {} },
      { name: 'files-0-1', emptyDir: {} },
    ])
    expect(copied.initContainers?.[0]).toMatchObject({
      name: 'berth-files-main',
      properties: { image: 'app:1' },
    })
    expect(copied.containers[0]?.properties.volumeMounts).toEqual([
      { name: 'files-0-0', mountPath: '/etc/app' },
      { name: 'files-0-1', mountPath: '/opt' },
    ])
    const mounted = (
      await convert({ files: { '/etc/app/app.conf': 'a=1' }, options: { aci: { files: 'mount' } } })
    ).group.properties
    expect(mounted.initContainers).toBeUndefined()
    expect(mounted.volumes).toEqual([{ name: 'files-0-0', secret: { 'app.conf': 'YT0x' } }])
  })

  it('logs in to each registry once, by password or by identity', async () => {
    const registry = { username: 'me', password: secret('p') }
    const { group } = await convert({
      image: 'registry.example/team/app:1',
      registry,
      sidecars: {
        same: { image: 'registry.example/team/side:1', registry },
        hub: { image: 'team/side:1', registry },
      },
      options: { aci: { registryIdentities: { 'mine.example': identity } } },
    })
    expect(group.properties.imageRegistryCredentials).toEqual([
      { server: 'mine.example', identity },
      { server: 'registry.example', username: 'me', password: 'p' },
      { server: 'index.docker.io', username: 'me', password: 'p' },
    ])
  })

  it('says all that only this service has', async () => {
    const { group } = await convert({
      ports: [80],
      spot: true,
      restart: 'on-failure',
      options: {
        aci: {
          dnsLabel: 'web-app',
          dnsLabelScope: 'TenantReuse',
          zones: ['1'],
          identity: { system: true, user: [identity] },
          sku: 'Dedicated',
          dns: { nameServers: ['10.0.0.10'] },
          logAnalytics: { workspaceId: 'w', workspaceKey: secret('key') },
          livenessProbes: { main: { exec: ['true'], periodSeconds: 5 } },
          readinessProbes: { main: { http: { path: '/', port: 80, headers: { host: 'a' } } } },
          properties: { standbyPoolProfile: { id: 'pool' } },
        },
      },
    })
    expect(group).toMatchObject({
      zones: ['1'],
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [identity]: {} } },
      properties: {
        restartPolicy: 'OnFailure',
        priority: 'Spot',
        sku: 'Dedicated',
        dnsConfig: { nameServers: ['10.0.0.10'] },
        diagnostics: { logAnalytics: { workspaceId: 'w', workspaceKey: 'key' } },
        standbyPoolProfile: { id: 'pool' },
        ipAddress: { dnsNameLabel: 'web-app', autoGeneratedDomainNameLabelScope: 'TenantReuse' },
      },
    })
    expect(group.properties.containers[0]?.properties).toMatchObject({
      livenessProbe: { exec: { command: ['true'] }, periodSeconds: 5 },
      readinessProbe: {
        httpGet: { path: '/', port: 80, httpHeaders: [{ name: 'host', value: 'a' }] },
      },
    })
  })
})
