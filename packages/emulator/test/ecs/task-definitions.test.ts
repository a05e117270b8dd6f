import {
  type ContainerDefinition,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'
import { startAws } from '../aws.ts'

it('revisions are counted, described by family, deregistered and deleted', async () => {
  await using aws = await startAws()
  const first = await aws.register([{ healthCheck: { command: ['CMD', 'true'] } }], {
    cpu: '.25 vCPU',
    memory: '1 GB',
    tags: [{ key: 'owner', value: 'me' }],
  })
  const second = await aws.register([{ portMappings: [{ containerPort: 80 }] }])
  expect([first, second].map((arn) => arn.split('/').at(-1))).toEqual(['web:1', 'web:2'])
  const described = await aws.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: first, include: ['TAGS'] }),
  )
  expect(described).toMatchObject({
    taskDefinition: {
      cpu: '256',
      memory: '1024',
      status: 'ACTIVE',
      compatibilities: ['EC2', 'FARGATE'],
      containerDefinitions: [{ essential: true, healthCheck: { interval: 30, timeout: 5, retries: 3 } }],
    },
    tags: [{ key: 'owner', value: 'me' }],
  })
  const { taskDefinition: latest } = await aws.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: 'web' }),
  )
  expect(latest?.containerDefinitions?.[0]?.portMappings).toEqual([
    { containerPort: 80, hostPort: 80, protocol: 'tcp' },
  ])

  const deletion = () => aws.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [first] }))
  expect((await deletion()).failures?.[0]?.reason).toBe('TASK_DEFINITION_NOT_INACTIVE')
  await aws.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: first }))
  await expect(aws.run(first)).rejects.toThrow('TaskDefinition is inactive.')
  expect((await deletion()).taskDefinitions?.[0]?.status).toBe('DELETE_IN_PROGRESS')
  const gone = aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: first }))
  await expect(gone).rejects.toMatchObject({ name: 'ClientException' })
  await expect(aws.run(first)).rejects.toThrow('TaskDefinition not found.')
})

it('lists come in pages, either way', async () => {
  await using aws = await startAws({
    limits: { ecs: { definitionChanges: { capacity: 100, refillPerSecond: 100 } } },
  })
  for (const family of ['a', 'b', 'b', 'b', 'c']) await aws.register([{}], { family })
  const list = async (sort: 'ASC' | 'DESC') => {
    const found: string[] = []
    let nextToken: string | undefined
    do {
      const page = await aws.ecs.send(new ListTaskDefinitionsCommand({ sort, maxResults: 2, nextToken }))
      found.push(...(page.taskDefinitionArns ?? []).map((arn) => arn.split('/').at(-1) ?? ''))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return found
  }
  const ascending = ['a:1', 'b:1', 'b:2', 'b:3', 'c:1']
  expect(await list('ASC')).toEqual(ascending)
  expect(await list('DESC')).toEqual(ascending.toReversed())
  const { families } = await aws.ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix: 'b' }))
  expect(families).toEqual(['b'])
})

it('two registers of one family may collide', async () => {
  await using aws = await startAws({ dialects: { ecs: { registeringInMs: 300 } } })
  const outcomes = await Promise.allSettled([aws.register([{}]), aws.register([{}]), aws.register([{}])])
  const refused = outcomes.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(2)
  expect(refused[0]).toMatchObject({
    reason: { name: 'ClientException', message: expect.stringContaining('Too many concurrent attempts') },
  })
})

const awslogs = (options: Record<string, string>): Partial<ContainerDefinition> => ({
  logConfiguration: { logDriver: 'awslogs', options },
})
const whole = { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'p' }

it.each<[string, Partial<ContainerDefinition>[], Partial<RegisterTaskDefinitionCommandInput>]>([
  ["Fargate only supports network mode 'awsvpc'.", [{}], { networkMode: 'bridge' }],
  ["Fargate requires that 'cpu' be defined at the task level.", [{}], { cpu: undefined }],
  ['No Fargate configuration exists for given values: 256 CPU, 4096 memory.', [{}], { memory: '4096' }],
  ['No Fargate configuration exists for given values: 300 CPU', [{}], { cpu: '300' }],
  ['Container definitions should not be null or empty.', [], {}],
  ['Container.image should not be null or empty.', [{ image: '' }], {}],
  ['Container names must be unique', [{}, {}], {}],
  ['At least one container in a task definition must be essential.', [{ essential: false }], {}],
  ['the host ports and container ports', [{ portMappings: [{ containerPort: 80, hostPort: 81 }] }], {}],
  ['Fargate does not support privileged containers.', [{ privileged: true }], {}],
  ["Invalid 'stopTimeout' setting for container 'main'", [{ stopTimeout: 121 }], {}],
  ["Invalid 'interval' in the health check", [{ healthCheck: { command: ['CMD', 'a'], interval: 4 } }], {}],
  ['execution role ARN to support log driver awslogs', [awslogs(whole)], {}],
  ['has no awslogs-stream-prefix', [awslogs({ 'awslogs-group': 'g', 'awslogs-region': 'r' })], {}],
  ['Role is not valid', [{}], { executionRoleArn: 'ecsTaskExecutionRole' }],
  ['Family contains invalid characters.', [{}], { family: 'web.1' }],
  ['which is not there', [{ dependsOn: [{ containerName: 'other', condition: 'START' }] }], {}],
  [
    'Container dependencies must not be circular',
    [
      { name: 'a', dependsOn: [{ containerName: 'b', condition: 'START' }] },
      { name: 'b', dependsOn: [{ containerName: 'a', condition: 'START' }] },
    ],
    {},
  ],
  [
    "Invalid dependency condition 'SUCCESS' on essential container 'b'.",
    [{ name: 'a', dependsOn: [{ containerName: 'b', condition: 'SUCCESS' }] }, { name: 'b' }],
    {},
  ],
  [
    'Unknown volume',
    [{ mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] }],
    { volumes: [{ name: 'other' }] },
  ],
  ['Ephemeral storage size must be from 21 to 200 GiB.', [{}], { ephemeralStorage: { sizeInGiB: 20 } }],
])('refuses what would not do: %s', async (message, containers, others) => {
  await using aws = await startAws()
  await expect(aws.register(containers, others)).rejects.toMatchObject({
    name: 'ClientException',
    message: expect.stringContaining(message),
  })
})
