import { ListTasksCommand, RunTaskCommand } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { startAws } from '../aws.ts'

describe('faults', () => {
  it('no capacity is a failure of a 200, at once', async () => {
    await using aws = await startAws({
      faults: [{ match: { operation: 'RunTask', nth: 1 }, effect: { kind: 'capacity', when: 'at-once' } }],
    })
    const wanted = aws.request(await aws.register([{}]), { clientToken: 'one' })
    const refused = await aws.ecs.send(new RunTaskCommand(wanted))
    expect([refused.tasks, refused.failures?.[0]?.reason]).toEqual([
      [],
      expect.stringContaining('Capacity is unavailable at this time.'),
    ])
    const again = await aws.ecs.send(new RunTaskCommand(wanted))
    expect(again.tasks).toHaveLength(1)
  })

  it('or it is found missing afterwards', async () => {
    await using aws = await startAws({
      faults: [{ match: { name: 'web' }, effect: { kind: 'capacity', when: 'afterwards' } }],
    })
    const { taskArn = '' } = await aws.run(await aws.register([{}]))
    expect(await aws.stopped(taskArn)).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringContaining('Capacity is unavailable'),
    })
  })

  it('what was told as a failure may start all the same, and the same token finds it', async () => {
    await using aws = await startAws({
      dialects: { ecs: { failuresAreFinal: false } },
      faults: [{ match: { operation: 'RunTask', nth: 1 }, effect: { kind: 'capacity', when: 'at-once' } }],
    })
    const wanted = aws.request(await aws.register([{}]), { clientToken: 'one', startedBy: 'me' })
    const refused = await aws.ecs.send(new RunTaskCommand(wanted))
    expect([refused.tasks?.length, refused.failures?.length]).toEqual([0, 1])
    const { taskArns } = await aws.ecs.send(new ListTasksCommand({ startedBy: 'me' }))
    const again = await aws.ecs.send(new RunTaskCommand(wanted))
    expect(again.tasks?.map(({ taskArn }) => taskArn)).toEqual(taskArns)
    expect(taskArns).toHaveLength(1)
  })

  it.each([
    ['RunTask', 'ThrottlingException', {}],
    ['RunTask', 'InvalidParameterException', { ecs: { throttling: 'InvalidParameterException' } }],
    ['DescribeTasks', 'ThrottlingException', {}],
  ] as const)('throttling of %s is a %s', async (operation, name, dialects) => {
    await using aws = await startAws({
      dialects,
      faults: [{ match: { service: 'ecs', operation }, effect: { kind: 'throttle' } }],
    })
    const definition = await aws.register([{}])
    const call = operation === 'RunTask' ? aws.run(definition) : aws.describe('0'.repeat(32))
    await expect(call).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } })
  })

  it('a Spot task is interrupted, one on demand is not', async () => {
    await using aws = await startAws({
      faults: [{ match: { operation: 'RunTask' }, effect: { kind: 'interruption', afterInMs: 50 } }],
    })
    const definition = await aws.register([{}])
    const onDemand = await aws.run(definition)
    const spot = await aws.run(definition, {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    })
    expect(spot.capacityProviderName).toBe('FARGATE_SPOT')
    expect(await aws.stopped(spot.taskArn ?? '')).toMatchObject({
      stopCode: 'SpotInterruption',
      stoppedReason: 'Your Spot Task was interrupted.',
    })
    expect((await aws.describe(onDemand.taskArn ?? '')).lastStatus).toBe('RUNNING')
  })

  it('one that finds no place can be stopped', async () => {
    await using aws = await startAws({ faults: [{ match: { name: 'web' }, effect: { kind: 'stuck' } }] })
    const { taskArn = '' } = await aws.run(await aws.register([{}]))
    expect((await aws.describe(taskArn)).lastStatus).toBe('PROVISIONING')
    await aws.stop(taskArn)
    const stopped = await aws.stopped(taskArn)
    expect([stopped.startedAt, stopped.containers?.[0]?.exitCode]).toEqual([undefined, undefined])
  })

  it('an answer that is lost has taken effect', async () => {
    await using aws = await startAws({
      faults: [{ match: { operation: 'RunTask', nth: 1 }, effect: { kind: 'lost-response' } }],
    })
    const wanted = aws.request(await aws.register([{}]), { clientToken: 'one' })
    await expect(aws.ecs.send(new RunTaskCommand(wanted))).rejects.toThrow()
    const { taskArns } = await aws.ecs.send(new ListTasksCommand({}))
    const again = await aws.ecs.send(new RunTaskCommand(wanted))
    expect(again.tasks?.map(({ taskArn }) => taskArn)).toEqual(taskArns)
  })
})
