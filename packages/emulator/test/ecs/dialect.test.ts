import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2'
import { DescribeTasksCommand, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { startAws } from '../aws.ts'
import { eventually } from '../azure.ts'

describe('dialects', () => {
  it('a new task may be MISSING for a while, and not be listed yet', async () => {
    await using aws = await startAws({ dialects: { ecs: { missingForInMs: 300, listStaleInMs: 300 } } })
    const { taskArn = '' } = await aws.run(await aws.register([{}]))
    const { failures } = await aws.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }))
    expect(failures).toEqual([{ arn: taskArn, reason: 'MISSING' }])
    const { taskArns } = await aws.ecs.send(new ListTasksCommand({}))
    expect(taskArns).toEqual([])
    await eventually(async () => (await aws.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([taskArn])
    expect((await aws.describe(taskArn)).lastStatus).toBe('RUNNING')
  })

  it.each([
    ['pulls', 'ACTIVATING'],
    ['after-pull', 'PENDING'],
    ['absent', 'PENDING'],
  ] as const)('activating: %s: while it pulls, a task is %s', async (activating, status) => {
    await using aws = await startAws({
      dialects: { ecs: { activating } },
      profile: { durations: { pulling: 60_000 } },
    })
    const { taskArn = '' } = await aws.run(await aws.register([{}]))
    const { lastStatus } = await aws.until(taskArn, ({ pullStartedAt }) => pullStartedAt !== undefined)
    expect(lastStatus).toBe(status)
  })

  it.each([
    ['provisioning', true],
    ['pending', true],
    ['running', false],
  ] as const)(
    'interfaceShown: %s: whether it is told while the image is pulled',
    async (interfaceShown, isShown) => {
      await using aws = await startAws({
        dialects: { ecs: { interfaceShown } },
        profile: { durations: { pulling: 60_000 } },
      })
      const { taskArn = '' } = await aws.run(await aws.register([{}]))
      const task = await aws.until(taskArn, ({ pullStartedAt }) => pullStartedAt !== undefined)
      const names = task.attachments?.[0]?.details?.map(({ name }) => name)
      expect(names?.includes('networkInterfaceId')).toBe(isShown)
    },
  )

  it('the public address may be told late', async () => {
    await using aws = await startAws({ dialects: { ecs: { addressAfterInMs: 60_000 } } })
    const { taskArn = '' } = await aws.run(await aws.register([{}]))
    await aws.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING')
    const { NetworkInterfaces } = await aws.ec2.send(new DescribeNetworkInterfacesCommand({}))
    expect(NetworkInterfaces).toHaveLength(1)
    expect(NetworkInterfaces?.[0]?.Association).toBeUndefined()
  })

  it('stopped tasks are forgotten after an hour, and StopTask may leave tags alone', async () => {
    await using aws = await startAws({
      dialects: { ecs: { stoppedKeptInMs: 200, stopDeletesTags: false } },
    })
    const { taskArn = '' } = await aws.run(await aws.register([{}]), { tags: [{ key: 'a', value: 'b' }] })
    const { task } = await aws.ecs.send(new StopTaskCommand({ task: taskArn }))
    expect(task?.desiredStatus).toBe('STOPPED')
    const described = await aws.ecs.send(new DescribeTasksCommand({ tasks: [taskArn], include: ['TAGS'] }))
    expect(described.tasks?.[0]?.tags).toEqual([{ key: 'a', value: 'b' }])
    await eventually(
      async () => (await aws.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }))).failures?.[0]?.reason,
    ).toBe('MISSING')
  })
})
