import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2'
import { ListTasksCommand } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { startAws } from '../aws.ts'
import { eventually } from '../azure.ts'

describe('limits', () => {
  it('a bucket that is empty is a ThrottlingException, and fills again', async () => {
    await using aws = await startAws({ limits: { ecs: { taskReads: { capacity: 3, refillPerSecond: 20 } } } })
    const calls = Array.from({ length: 10 }, () => aws.ecs.send(new ListTasksCommand({})))
    const outcomes = await Promise.allSettled(calls)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]).toMatchObject({ reason: { name: 'ThrottlingException' } })
    await eventually(() =>
      aws.ecs.send(new ListTasksCommand({})).then(
        () => 'let in',
        () => 'refused',
      ),
    ).toBe('let in')
  })

  it('EC2 has buckets of its own: RequestLimitExceeded, 503', async () => {
    await using aws = await startAws({ limits: { ec2: { reads: { capacity: 1, refillPerSecond: 0.01 } } } })
    const ask = () => aws.ec2.send(new DescribeNetworkInterfacesCommand({}))
    await ask()
    await expect(ask()).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      $metadata: { httpStatusCode: 503 },
    })
  })
})
