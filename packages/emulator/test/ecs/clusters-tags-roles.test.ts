import {
  CreateClusterCommand,
  DeleteClusterCommand,
  ListTagsForResourceCommand,
  PutClusterCapacityProvidersCommand,
  RunTaskCommand,
  StopTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs'
import { CreateRoleCommand } from '@aws-sdk/client-iam'
import { expect, it } from 'vitest'
import { startAws } from '../aws.ts'
import { eventually } from '../azure.ts'

it('clusters are made once, take Spot where told to, and are deleted when empty', async () => {
  await using aws = await startAws()
  const first = await aws.ecs.send(new CreateClusterCommand({ clusterName: 'mine' }))
  const again = await aws.ecs.send(new CreateClusterCommand({ clusterName: 'mine' }))
  expect(again.cluster?.clusterArn).toBe(first.cluster?.clusterArn)
  const onSpot = aws.request(await aws.register([{}]), {
    cluster: 'mine',
    launchType: undefined,
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
  })
  await expect(aws.ecs.send(new RunTaskCommand(onSpot))).rejects.toThrow('is not associated with the cluster')
  await aws.ecs.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'mine',
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [],
    }),
  )
  const { tasks: [task] = [] } = await aws.ecs.send(new RunTaskCommand(onSpot))
  const deletion = () => aws.ecs.send(new DeleteClusterCommand({ cluster: 'mine' }))
  await expect(deletion()).rejects.toMatchObject({ name: 'ClusterContainsTasksException' })
  await aws.ecs.send(new StopTaskCommand({ cluster: 'mine', task: task?.taskArn }))
  await eventually(() =>
    deletion().then(
      ({ cluster }) => cluster?.status,
      () => 'busy',
    ),
  ).toBe('INACTIVE')
})

it('tags are told, added and taken away', async () => {
  await using aws = await startAws()
  const { taskArn: resourceArn = '' } = await aws.run(await aws.register([{}]), {
    tags: [{ key: 'a', value: '1' }],
  })
  await aws.ecs.send(
    new TagResourceCommand({
      resourceArn,
      tags: [
        { key: 'b', value: '2' },
        { key: 'a', value: '3' },
      ],
    }),
  )
  await aws.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['b', 'c'] }))
  const { tags } = await aws.ecs.send(new ListTagsForResourceCommand({ resourceArn }))
  expect(tags).toEqual([{ key: 'a', value: '3' }])
})

it('a role without its actions can neither make log groups nor take commands', async () => {
  await using aws = await startAws()
  const { Role } = await aws.iam.send(
    new CreateRoleCommand({
      RoleName: 'bare',
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: { Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
      }),
    }),
  )
  const arn = Role?.Arn ?? ''
  const options = {
    'awslogs-group': 'new',
    'awslogs-region': 'us-east-1',
    'awslogs-stream-prefix': 'it',
    'awslogs-create-group': 'true',
  }
  const logConfiguration = { logDriver: 'awslogs' as const, options }
  const logging = await aws.run(await aws.register([{ logConfiguration }], { executionRoleArn: arn }))
  const { stoppedReason } = await aws.stopped(logging.taskArn ?? '')
  expect(stoppedReason).toContain('not authorized to perform: logs:CreateLogGroup')
  const definition = await aws.register([{}], { taskRoleArn: arn })
  const { taskArn = '' } = await aws.run(definition, { enableExecuteCommand: true })
  const task = await aws.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING')
  expect(task.containers?.[0]?.managedAgents?.[0]?.lastStatus).toBe('STOPPED')
})
