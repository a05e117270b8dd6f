import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it } from 'vitest'
import { type Aws, startAws } from '../aws.ts'
import { reals } from '../real.ts'

const GROUP = '/berth/test'

/** Runs a script to its end; tells the name of its stream. */
async function runScript(aws: Aws, image: string, script: string): Promise<string> {
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }))
  const logConfiguration = {
    logDriver: 'awslogs' as const,
    options: { 'awslogs-group': GROUP, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'it' },
  }
  const definition = await aws.register(
    [{ image, entryPoint: ['sh', '-c'], command: [script], logConfiguration }],
    { executionRoleArn: aws.executionRoleArn },
  )
  const { taskArn = '' } = await aws.run(definition)
  await aws.stopped(taskArn)
  return `it/main/${taskArn.split('/').at(-1)}`
}

/** All messages of a stream, page by page, as clients do: to its end a token leads to itself. */
async function readAll(
  aws: Aws,
  input: GetLogEventsCommandInput,
): Promise<{ messages: string[]; pages: number }> {
  const messages: string[] = []
  let nextToken: string | undefined
  for (let pages = 1; ; pages += 1) {
    const page = await aws.logs.send(new GetLogEventsCommand({ ...input, nextToken }))
    messages.push(...(page.events ?? []).map(({ message = '' }) => message))
    if (page.nextForwardToken === nextToken) return { messages, pages }
    nextToken = page.nextForwardToken
  }
}

describe.each(reals)('logs of containers on $kind', ({ image, options }) => {
  it('are there line by line once the task has stopped', async () => {
    await using aws = await startAws(options)
    const logStreamName = await runScript(aws, image, 'echo one; echo two; sleep 0.2; echo three; exit 3')
    const input = { logGroupName: GROUP, logStreamName, startFromHead: true }
    expect((await readAll(aws, input)).messages).toEqual(['one', 'two', 'three'])
    const two = await readAll(aws, { ...input, limit: 2 })
    expect(two).toEqual({ messages: ['one', 'two', 'three'], pages: 3 })
    const last = await aws.logs.send(
      new GetLogEventsCommand({ logGroupName: GROUP, logStreamName, limit: 1 }),
    )
    expect(last.events?.[0]?.message).toBe('three')
    const before = await aws.logs.send(
      new GetLogEventsCommand({ logGroupName: GROUP, logStreamName, nextToken: last.nextBackwardToken }),
    )
    expect(before.events?.map(({ message }) => message)).toEqual(['one', 'two'])
    const since = await readAll(aws, { ...input, startTime: last.events?.[0]?.timestamp })
    expect(since.messages).toEqual(['three'])
    const filtered = await aws.logs.send(
      new FilterLogEventsCommand({ logGroupName: GROUP, logStreamNamePrefix: 'it/main', filterPattern: 't' }),
    )
    expect(filtered.events?.map(({ message }) => message)).toEqual(['two', 'three'])
    const { logStreams } = await aws.logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP }))
    expect(logStreams?.map((stream) => stream.logStreamName)).toEqual([logStreamName])
  })
})

const [process] = reals

it('pages may be empty though more is to come', async () => {
  await using aws = await startAws({ ...process?.options, dialects: { logs: { emptyPages: true } } })
  const logStreamName = await runScript(aws, 'berth/shell', 'for i in 1 2 3 4 5; do echo $i; done')
  const input = { logGroupName: GROUP, logStreamName, startFromHead: true, limit: 2 }
  const { messages, pages } = await readAll(aws, input)
  expect(messages).toEqual(['1', '2', '3', '4', '5'])
  expect(pages).toBeGreaterThanOrEqual(6)
})

it('events may be told late', async () => {
  await using aws = await startAws({
    ...process?.options,
    dialects: { logs: { ingestionDelayInMs: 60_000 } },
  })
  const logStreamName = await runScript(aws, 'berth/shell', 'echo late')
  const { messages } = await readAll(aws, { logGroupName: GROUP, logStreamName, startFromHead: true })
  expect(messages).toEqual([])
})

it('a task whose log group is not there does not come up', async () => {
  await using aws = await startAws()
  const options = { 'awslogs-group': 'none', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'it' }
  const { executionRoleArn } = aws
  const definition = await aws.register([{ logConfiguration: { logDriver: 'awslogs', options } }], {
    executionRoleArn,
  })
  const { taskArn = '' } = await aws.run(definition)
  const { stopCode, stoppedReason } = await aws.stopped(taskArn)
  expect(stopCode).toBe('TaskFailedToStart')
  expect(stoppedReason).toMatch(/^ResourceInitializationError: .*The specified log group does not exist/)
})

it('groups are made, kept for so long, described and deleted', async () => {
  await using aws = await startAws()
  const logGroupName = GROUP
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName, tags: { a: 'b' } }))
  const again = aws.logs.send(new CreateLogGroupCommand({ logGroupName }))
  await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
  await aws.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }))
  const odd = aws.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 8 }))
  await expect(odd).rejects.toMatchObject({ name: 'InvalidParameterException' })
  const { logGroups } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/berth' }))
  expect(logGroups).toMatchObject([{ logGroupName, retentionInDays: 7 }])
  await aws.logs.send(new DeleteLogGroupCommand({ logGroupName }))
  const gone = aws.logs.send(new DescribeLogStreamsCommand({ logGroupName }))
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
