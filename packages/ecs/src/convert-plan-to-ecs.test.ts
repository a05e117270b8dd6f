import { exec, secretRef } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { convertPlanToEcs } from './convert-plan-to-ecs.ts'
import { convertDisks } from './convert-volumes.ts'
import { familyOf } from './define-task.ts'

const PLACE = {
  region: 'eu-central-1',
  logGroup: '/berth/ecs',
  executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
  taskRoleArn: undefined,
}
const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-a1b2c3'
const LOGS = {
  logDriver: 'awslogs',
  options: {
    'awslogs-group': '/berth/ecs',
    'awslogs-create-group': 'true',
    'awslogs-region': 'eu-central-1',
    'awslogs-stream-prefix': 'berth',
  },
}

async function contentOf(spec: Parameters<typeof planForTest>[0]) {
  return convertPlanToEcs(await planForTest(spec), PLACE).content
}

describe('a plan as a task definition', () => {
  it('of one container', async () => {
    const { content, notes } = convertPlanToEcs(
      await planForTest({
        image: 'nginx',
        ports: [80, { port: 53, protocol: 'udp' }],
        env: { COLOR: 'red', PASSWORD: secretRef(SECRET) },
        command: ['nginx'],
        args: ['-g', 'daemon off;'],
        workingDirectory: '/srv',
        user: '101:102',
        health: { probe: exec(['true']), interval: '1s', retries: 30 },
      }),
      PLACE,
    )
    expect(content).toEqual({
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      executionRoleArn: PLACE.executionRoleArn,
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      containerDefinitions: [
        {
          name: 'main',
          image: 'nginx',
          essential: true,
          entryPoint: ['nginx'],
          command: ['-g', 'daemon off;'],
          workingDirectory: '/srv',
          user: '101:102',
          environment: [{ name: 'COLOR', value: 'red' }],
          secrets: [{ name: 'PASSWORD', valueFrom: SECRET }],
          portMappings: [
            { containerPort: 80, hostPort: 80, protocol: 'tcp' },
            { containerPort: 53, hostPort: 53, protocol: 'udp' },
          ],
          healthCheck: { command: ['CMD', 'true'], interval: 5, timeout: 5, retries: 10 },
          stopTimeout: 10,
          logConfiguration: LOGS,
        },
      ],
    })
    expect(notes).toEqual([
      'main: health.interval 1 was taken as 5',
      'main: health.retries 30 was taken as 10',
    ])
  })

  it('of a group: init containers one after the other, and the others after them; only main is essential', async () => {
    const { containerDefinitions } = await contentOf({
      initContainers: { zeta: { image: 'setup:1' }, alpha: { image: 'setup:2' } },
      sidecars: { beside: { image: 'proxy:1' } },
    })
    expect(
      containerDefinitions?.map(({ name, essential, dependsOn }) => ({ name, essential, dependsOn })),
    ).toEqual([
      { name: 'main', essential: true, dependsOn: [{ containerName: 'alpha', condition: 'SUCCESS' }] },
      { name: 'beside', essential: false, dependsOn: [{ containerName: 'alpha', condition: 'SUCCESS' }] },
      { name: 'zeta', essential: false, dependsOn: undefined },
      { name: 'alpha', essential: false, dependsOn: [{ containerName: 'zeta', condition: 'SUCCESS' }] },
    ])
  })

  it('with volumes: shared, a file system, and a disk that is made at the start', async () => {
    const plan = await planForTest({
      volumes: {
        scratch: { kind: 'empty' },
        data: { kind: 'efs', options: { fileSystemId: 'fs-1', accessPointId: 'fsap-1', iam: true } },
        disk: { kind: 'ebs', options: { sizeInGiB: 20, roleArn: 'arn:aws:iam::1:role/disks' } },
      },
      mounts: [
        { volume: 'scratch', path: '/scratch' },
        { volume: 'data', path: '/data', readOnly: true },
      ],
    })
    const { content } = convertPlanToEcs(plan, PLACE)
    expect(content.volumes).toEqual([
      { name: 'scratch', host: {} },
      {
        name: 'data',
        efsVolumeConfiguration: {
          fileSystemId: 'fs-1',
          transitEncryption: 'ENABLED',
          authorizationConfig: { accessPointId: 'fsap-1', iam: 'ENABLED' },
        },
      },
      { name: 'disk', configuredAtLaunch: true },
    ])
    expect(content.containerDefinitions?.[0]?.mountPoints).toEqual([
      { sourceVolume: 'scratch', containerPath: '/scratch' },
      { sourceVolume: 'data', containerPath: '/data', readOnly: true },
    ])
    expect(convertDisks(plan)).toEqual([
      {
        name: 'disk',
        managedEBSVolume: {
          roleArn: 'arn:aws:iam::1:role/disks',
          sizeInGiB: 20,
          terminationPolicy: { deleteOnTermination: true },
        },
      },
    ])
  })

  it('with what only ecs has', async () => {
    const content = await contentOf({
      architecture: 'arm64',
      stopGrace: '10m',
      options: {
        ecs: {
          taskRoleArn: 'arn:aws:iam::1:role/mine',
          ephemeralStorage: 30,
          registryCredentials: { main: SECRET },
          readOnly: { main: true },
          taskDefinition: { pidMode: 'task' },
        },
      },
    })
    expect(content).toMatchObject({
      taskRoleArn: 'arn:aws:iam::1:role/mine',
      ephemeralStorage: { sizeInGiB: 30 },
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      pidMode: 'task',
      containerDefinitions: [
        {
          repositoryCredentials: { credentialsParameter: SECRET },
          readonlyRootFilesystem: true,
          stopTimeout: 120,
        },
      ],
    })
  })
})

describe('the family of a definition', () => {
  it('is the same for runs of one spec, whatever they are called, and another for another', async () => {
    const one = familyOf(await contentOf({ name: 'one', env: { A: '1', B: '2' } }))
    expect(familyOf(await contentOf({ name: 'other', env: { A: '1', B: '2' }, labels: { team: 'x' } }))).toBe(
      one,
    )
    expect(familyOf(await contentOf({ env: { A: '1', B: '3' } }))).not.toBe(one)
    expect(one).toMatch(/^berth-[0-9a-f]{40}$/)
  })

  it('does not depend on the order of its members', () => {
    const one = familyOf({ cpu: '256', memory: '512', containerDefinitions: [{ name: 'main', image: 'a' }] })
    expect(
      familyOf({ containerDefinitions: [{ image: 'a', name: 'main' }], memory: '512', cpu: '256' }),
    ).toBe(one)
  })
})
