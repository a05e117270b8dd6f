import { DescribeTasksCommand, ListTasksCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'
import { startAws } from '../aws.ts'

it('a task goes from RunTask to its public address, and to its end', async () => {
  await using aws = await startAws()
  const definition = await aws.register([{ portMappings: [{ containerPort: 80 }] }])
  const { taskArn = '', lastStatus } = await aws.run(definition, {
    startedBy: 'me',
    tags: [{ key: 'owner', value: 'me' }],
  })
  expect(lastStatus).toBe('PROVISIONING')
  const running = await aws.until(taskArn, (task) => task.lastStatus === 'RUNNING')
  expect(running).toMatchObject({
    desiredStatus: 'RUNNING',
    connectivity: 'CONNECTED',
    launchType: 'FARGATE',
    startedBy: 'me',
    group: 'family:web',
    cpu: '256',
    memory: '512',
    containers: [{ name: 'main', lastStatus: 'RUNNING', healthStatus: 'UNKNOWN' }],
    attachments: [{ type: 'ElasticNetworkInterface', status: 'ATTACHED' }],
  })
  const { createdAt, connectivityAt, pullStartedAt, pullStoppedAt, startedAt } = running
  const times = [createdAt, connectivityAt, pullStartedAt, pullStoppedAt, startedAt].map(Number)
  expect(times).toEqual([...times].sort((left, right) => left - right))
  expect(await aws.publicIp(running)).toMatch(/^127\./)
  const listed = await aws.ecs.send(new ListTasksCommand({ startedBy: 'me' }))
  expect(listed.taskArns).toEqual([taskArn])

  const { task } = await aws.ecs.send(new StopTaskCommand({ task: taskArn, reason: 'enough' }))
  expect(task).toMatchObject({ desiredStatus: 'STOPPED', stopCode: 'UserInitiated' })
  const stopped = await aws.stopped(taskArn)
  expect(stopped).toMatchObject({
    stopCode: 'UserInitiated',
    stoppedReason: 'enough',
    containers: [{ lastStatus: 'STOPPED', exitCode: 143 }],
    tags: [],
  })
  expect(Number(stopped.stoppedAt)).toBeGreaterThanOrEqual(Number(stopped.stoppingAt))
  expect(await aws.publicIp(stopped).catch(({ name }) => name)).toBe('InvalidNetworkInterfaceID.NotFound')
  const after = await aws.ecs.send(new ListTasksCommand({ startedBy: 'me', desiredStatus: 'STOPPED' }))
  expect(after.taskArns).toEqual([taskArn])
})

it('the end of an essential container is the end of its task', async () => {
  await using aws = await startAws()
  const definition = await aws.register([
    { image: 'none/exit:3-after-50' },
    { name: 'helper', essential: false },
  ])
  const { taskArn = '' } = await aws.run(definition)
  expect(await aws.stopped(taskArn)).toMatchObject({
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [
      { name: 'main', exitCode: 3 },
      { name: 'helper', exitCode: 143 },
    ],
  })
})

it.each([
  ['none/no-image:not-found', 'CannotPullContainerError: pull image manifest has been retried 1 time(s)'],
  ['none/no-image:rate-limited', '429 Too Many Requests'],
  ['none/no-start:not-found', 'Task failed to start'],
])('%s does not come up, and says why', async (image, reason) => {
  await using aws = await startAws()
  const { taskArn = '' } = await aws.run(await aws.register([{ image }]))
  const { stopCode, stoppedReason, containers } = await aws.stopped(taskArn)
  expect(stopCode).toBe('TaskFailedToStart')
  expect(stoppedReason).toContain(reason)
  expect(containers?.[0]?.reason).toMatch(/^Cannot(Pull|Start)ContainerError/)
  expect(containers?.[0]?.exitCode).toBeUndefined()
})

it('a container that runs out of memory says so', async () => {
  await using aws = await startAws()
  const { taskArn = '' } = await aws.run(await aws.register([{ image: 'none/oom:after-20' }]))
  const { containers } = await aws.stopped(taskArn)
  expect(containers?.[0]).toMatchObject({
    exitCode: 137,
    reason: 'OutOfMemoryError: Container killed due to memory usage',
  })
})

it('without a public address the image cannot be pulled', async () => {
  await using aws = await startAws({ timeScale: 1_000 })
  const { taskArn = '' } = await aws.run(await aws.register([{}]), {
    networkConfiguration: { awsvpcConfiguration: { subnets: aws.network.subnets } },
  })
  const { stoppedReason } = await aws.stopped(taskArn)
  expect(stoppedReason).toContain('dial tcp: i/o timeout')
})

it('the same token is answered with the same task, and another request with a conflict', async () => {
  await using aws = await startAws()
  const definition = await aws.register([{}])
  const first = await aws.run(definition, { clientToken: 'token' })
  const second = await aws.run(definition, { clientToken: 'token' })
  expect(second.taskArn).toBe(first.taskArn)
  await expect(aws.run(definition, { clientToken: 'token', startedBy: 'other' })).rejects.toMatchObject({
    name: 'ConflictException',
    resourceIds: [first.taskArn],
  })
})

it('more vCPUs than the quota has are failures of a 200', async () => {
  await using aws = await startAws({ limits: { ecs: { vCpus: 1 } } })
  const answer = await aws.ecs.send(
    new RunTaskCommand({
      taskDefinition: await aws.register([{}]),
      count: 6,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: aws.network.subnets, assignPublicIp: 'ENABLED' },
      },
    }),
  )
  expect(answer.tasks).toHaveLength(4)
  expect(answer.failures).toHaveLength(2)
  expect(answer.failures?.[0]?.reason).toContain('limit on the number of vCPUs')
})

it('DescribeTasks takes 100 and no more, and tells what is missing', async () => {
  await using aws = await startAws()
  const { taskArn = '' } = await aws.run(await aws.register([{}]))
  const unknown = taskArn.replace(/\w{32}$/, '0'.repeat(32))
  const some = await aws.ecs.send(new DescribeTasksCommand({ tasks: [taskArn, unknown] }))
  expect(some.tasks).toHaveLength(1)
  expect(some.failures).toEqual([{ arn: unknown, reason: 'MISSING' }])
  const many = Array.from({ length: 101 }, (_, index) => String(index).padStart(32, '0'))
  await expect(aws.ecs.send(new DescribeTasksCommand({ tasks: many }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})
