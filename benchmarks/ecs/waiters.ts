import { EC2 } from '@aws-sdk/client-ec2'
import { ECS, waitUntilTasksRunning } from '@aws-sdk/client-ecs'
import { started } from '@berth/core'
import { ecs } from '@berth/ecs'
import type { EcsCloud } from './start-cloud.ts'

/** One task, and when whoever waited knew that it runs. */
interface Waited {
  readonly arn: string
  readonly knownAt: number
}

/** A way to start some tasks and to wait until each runs. */
export type Waiter = (cloud: EcsCloud, count: number, signal: AbortSignal) => Promise<readonly Waited[]>

const IMAGE = 'none/server'
const MANY_A_SECOND = { runsASecond: 10_000, changesASecond: 10_000 }
const LONGEST_WAIT_IN_S = 300
const MOST_A_CALL = 10

/** One provider for all. */
export const berth: Waiter = async ({ emulator }, count, signal) => {
  await using provider = ecs({ quotas: MANY_A_SECOND })
  const accountId = emulator.aws?.accountId
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const run = await provider.run(
        { image: IMAGE, ports: [80], ready: started(), lifetime: 'keep' },
        { signal },
      )
      await run.ready({ signal })
      const region = emulator.aws?.region
      return { arn: `arn:aws:ecs:${region}:${accountId}:task/default/${run.ref}`, knownAt: Date.now() }
    }),
  )
}

/** The SDK's waiter, one for each so many tasks. */
export function sdkWaiter(tasksEach: number): Waiter {
  return async (_cloud, count, signal) => {
    const client = new ECS({})
    try {
      const arns = await order(client, count)
      const groups = Array.from({ length: Math.ceil(count / tasksEach) }, (_, index) =>
        arns.slice(index * tasksEach, (index + 1) * tasksEach),
      )
      const waited = groups.map(async (tasks) => {
        await waitUntilTasksRunning(
          { client, maxWaitTime: LONGEST_WAIT_IN_S, abortSignal: signal },
          { tasks },
        )
        const knownAt = Date.now()
        return tasks.map((arn) => ({ arn, knownAt }))
      })
      return (await Promise.all(waited)).flat()
    } finally {
      client.destroy()
    }
  }
}

async function order(client: ECS, count: number): Promise<readonly string[]> {
  const ec2 = new EC2({})
  const { Subnets = [] } = await ec2.describeSubnets({})
  ec2.destroy()
  const { taskDefinition } = await client.registerTaskDefinition({
    family: 'benchmark',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'main', image: IMAGE }],
  })
  const arns: string[] = []
  while (arns.length < count) {
    const { tasks = [], failures = [] } = await client.runTask({
      taskDefinition: taskDefinition?.taskDefinitionArn,
      count: Math.min(MOST_A_CALL, count - arns.length),
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [Subnets[0]?.SubnetId ?? ''], assignPublicIp: 'ENABLED' },
      },
    })
    if (failures.length > 0) throw new Error(`no task: ${failures[0]?.reason}`)
    arns.push(...tasks.flatMap(({ taskArn }) => taskArn ?? []))
  }
  return arns
}
