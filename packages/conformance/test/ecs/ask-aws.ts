import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { EC2 } from '@aws-sdk/client-ec2'
import { ECS, type Task } from '@aws-sdk/client-ecs'

const CLUSTER = 'default'
const LOG_GROUP = '/berth/ecs'
const TOLD_WITHIN_MS = 10_000

/** Asks the service itself, without any code of the adapter. */
export interface EcsWitness {
  /** Every task that has not stopped, and every log, each with the name of its run. */
  inspect(): Promise<string[]>
  /** Starts a task of somebody else; gives its ARN. */
  runForeign(image: string, command: string[], tags: Readonly<Record<string, string>>): Promise<string>
  statusOf(arn: string): Promise<string | undefined>
  stop(arn: string): Promise<void>
  close(): void
}

/** @param listsLateInMs how old what lists tell may be, which must not hide what is left */
export function askAws(listsLateInMs: number): EcsWitness {
  const [ecs, ec2, logs] = [new ECS({}), new EC2({}), new CloudWatchLogs({})]
  /** Tasks keep the name of their run as their group, whatever becomes of their tags. */
  const names = new Map<string, string>()
  const describe = async (arns: readonly string[]): Promise<Task[]> => {
    const found: Task[] = []
    for (let start = 0; start < arns.length; start += 100) {
      const tasks = arns.slice(start, start + 100)
      // Who has an ARN knows that there is such a task: it is told of later, or was forgotten just now.
      const givenUpAt = performance.now() + TOLD_WITHIN_MS
      await until(async () => {
        const described = await ecs.describeTasks({ cluster: CLUSTER, tasks, include: ['TAGS'] })
        if (described.failures?.length && performance.now() < givenUpAt) return false
        found.push(...(described.tasks ?? []))
        return true
      })
    }
    for (const { taskArn = '', group = '' } of found) names.set(idOf(taskArn), group)
    return found
  }
  return {
    inspect: async () => {
      await new Promise((resolve) => setTimeout(resolve, listsLateInMs))
      const arns = await Promise.all(
        (['RUNNING', 'STOPPED'] as const).map((status) => listTasks(ecs, status)),
      )
      const tasks = (await describe(arns.flat())).filter(({ lastStatus }) => lastStatus !== 'STOPPED')
      const streams = await listStreams(logs)
      return [
        ...tasks.map(
          ({ taskArn = '', group, tags, lastStatus }) =>
            `task ${idOf(taskArn)} of ${group}, ${lastStatus} ${JSON.stringify(tags)}`,
        ),
        ...streams.map((stream) => `log stream ${stream} of ${names.get(idOf(stream)) ?? 'nobody'}`),
      ]
    },
    runForeign: async (image, command, tags) => {
      const { taskDefinition } = await ecs.registerTaskDefinition({
        family: 'foreign-berth',
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        cpu: '256',
        memory: '512',
        executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
        containerDefinitions: [{ name: 'main', image, entryPoint: command }],
      })
      const { Subnets = [] } = await ec2.describeSubnets({})
      const { tasks = [] } = await ecs.runTask({
        cluster: CLUSTER,
        taskDefinition: taskDefinition?.taskDefinitionArn,
        launchType: 'FARGATE',
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
        networkConfiguration: {
          awsvpcConfiguration: { subnets: [Subnets[0]?.SubnetId ?? ''], assignPublicIp: 'ENABLED' },
        },
      })
      const arn = tasks[0]?.taskArn ?? ''
      await until(async () => (await describe([arn]))[0]?.lastStatus === 'RUNNING')
      return arn
    },
    statusOf: async (arn) => (await describe([arn]))[0]?.lastStatus,
    stop: async (arn) => {
      await ecs.stopTask({ cluster: CLUSTER, task: arn })
      await until(async () => (await describe([arn]))[0]?.lastStatus === 'STOPPED')
    },
    close: () => {
      for (const client of [ecs, ec2, logs]) client.destroy()
    },
  }
}

async function listTasks(ecs: ECS, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<string[]> {
  const arns: string[] = []
  let nextToken: string | undefined
  do {
    const page = await ecs.listTasks({ cluster: CLUSTER, desiredStatus, ...(nextToken && { nextToken }) })
    arns.push(...(page.taskArns ?? []))
    nextToken = page.nextToken
  } while (nextToken)
  return arns
}

async function listStreams(logs: CloudWatchLogs): Promise<string[]> {
  const streams: string[] = []
  let nextToken: string | undefined
  do {
    const page = await logs
      .describeLogStreams({ logGroupName: LOG_GROUP, ...(nextToken && { nextToken }) })
      .catch((error: Error) => {
        // No run has logged anything yet.
        if (error.name === 'ResourceNotFoundException') return { logStreams: [], nextToken: undefined }
        throw error
      })
    streams.push(...(page.logStreams ?? []).flatMap(({ logStreamName }) => logStreamName ?? []))
    nextToken = page.nextToken
  } while (nextToken)
  return streams
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}
