import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Emulator, startEmulator } from '../../src/index.ts'
import { type AwsCommand, awsCommand, findAws } from './aws/aws-command.ts'

// Each call of aws takes a second, and several on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const { LAB_IMAGE_BUSYBOX: busybox } = process.env
const world = busybox
  ? {
      kind: 'docker' as const,
      image: busybox,
      command: [
        'sh',
        '-c',
        'echo started; mkdir /site; echo hello > /site/index.html; exec httpd -f -h /site -p 8080',
      ],
    }
  : { kind: 'process' as const, image: 'berth/hello', command: undefined }

interface ShownTask {
  readonly taskArn: string
  readonly lastStatus: string
  readonly createdAt: string | number
  readonly attachments: { readonly details: { readonly name: string; readonly value: string }[] }[]
}

const program = findAws()
if (program === undefined) console.warn('the judge aws is left out: there is none on this machine')

describe.runIf(program)(`the command line of AWS, ${program?.version}`, () => {
  let emulator: Emulator
  let aws: AwsCommand
  beforeAll(async () => {
    emulator = await startEmulator({ backend: world.kind, name: `aws-${process.pid}`, tls: false })
    if (program) aws = await awsCommand(program, emulator.environment)
  })
  afterAll(async () => {
    await (aws as AwsCommand | undefined)?.[Symbol.asyncDispose]()
    await (emulator as Emulator | undefined)?.close()
  })

  it('sets up, runs a task whose address answers, reads its log, stops it and cleans up', async () => {
    const { Account } = await aws.json<{ Account: string }>('sts', 'get-caller-identity')
    expect(Account).toBe(emulator.aws?.accountId)
    const { cluster } = await aws.json<{ cluster: { status: string } }>(
      'ecs',
      'create-cluster',
      '--cluster-name',
      'judged',
      '--tags',
      'key=owner,value=judge',
    )
    expect(cluster.status).toBe('ACTIVE')
    await aws.json('logs', 'create-log-group', '--log-group-name', '/judged')
    const { taskDefinition } = await aws.json<{ taskDefinition: { taskDefinitionArn: string } }>(
      'ecs',
      'register-task-definition',
      '--cli-input-json',
      JSON.stringify(definition(Account)),
    )
    const { Subnets } = await aws.json<{ Subnets: { SubnetId: string }[] }>('ec2', 'describe-subnets')
    const network = `awsvpcConfiguration={subnets=[${Subnets[0]?.SubnetId}],assignPublicIp=ENABLED}`
    const { tasks, failures } = await aws.json<{ tasks: ShownTask[]; failures: object[] }>(
      'ecs',
      'run-task',
      '--cluster',
      'judged',
      '--launch-type',
      'FARGATE',
      '--task-definition',
      taskDefinition.taskDefinitionArn,
      '--network-configuration',
      network,
    )
    expect(failures).toEqual([])
    const taskArn = tasks[0]?.taskArn ?? ''
    await aws.json('ecs', 'wait', 'tasks-running', '--cluster', 'judged', '--tasks', taskArn)
    const described = await aws.json<{ tasks: ShownTask[] }>(
      'ecs',
      'describe-tasks',
      '--cluster',
      'judged',
      '--tasks',
      taskArn,
    )
    const [task] = described.tasks
    expect(task?.lastStatus).toBe('RUNNING')
    const details = task?.attachments[0]?.details ?? []
    const eni = details.find(({ name }) => name === 'networkInterfaceId')?.value ?? ''
    const { NetworkInterfaces } = await aws.json<{
      NetworkInterfaces: { Association: { PublicIp: string } }[]
    }>('ec2', 'describe-network-interfaces', '--network-interface-ids', eni)
    const url = `http://${NetworkInterfaces[0]?.Association.PublicIp}:8080/`
    await expect.poll(async () => (await fetch(url)).status, { timeout: 20_000 }).toBe(200)

    await aws.json('ecs', 'stop-task', '--cluster', 'judged', '--task', taskArn, '--reason', 'judged')
    await aws.json('ecs', 'wait', 'tasks-stopped', '--cluster', 'judged', '--tasks', taskArn)
    const logStream = `it/main/${taskArn.split('/').at(-1)}`
    const { events } = await aws.json<{ events: { message: string }[] }>(
      'logs',
      'get-log-events',
      '--log-group-name',
      '/judged',
      '--log-stream-name',
      logStream,
      '--start-from-head',
    )
    if (world.kind === 'docker') expect(events.map(({ message }) => message)).toEqual(['started'])
    else expect(events.map(({ message }) => message).join('\n')).toContain('GET / 200')
    await aws.json('logs', 'delete-log-group', '--log-group-name', '/judged')
    const deleted = await aws.json<{ cluster: { status: string } }>(
      'ecs',
      'delete-cluster',
      '--cluster',
      'judged',
    )
    expect(deleted.cluster.status).toBe('INACTIVE')
  })

  it('tells errors by their names', async () => {
    const call = aws.json('ecs', 'list-tasks', '--cluster', 'nowhere')
    await expect(call).rejects.toThrow('(ClusterNotFoundException) when calling the ListTasks operation')
    const role = aws.json('iam', 'get-role', '--role-name', 'nobody')
    await expect(role).rejects.toThrow('(NoSuchEntity) when calling the GetRole operation')
    const group = aws.json('ec2', 'describe-security-groups', '--group-ids', 'sg-0')
    await expect(group).rejects.toThrow('(InvalidGroup.NotFound)')
  })
})

function definition(account: string): object {
  return {
    family: 'judged',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${account}:role/ecsTaskExecutionRole`,
    containerDefinitions: [
      {
        name: 'main',
        image: world.image,
        command: world.command,
        portMappings: [{ containerPort: 8080 }],
        stopTimeout: 2,
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/judged',
            'awslogs-region': 'us-east-1',
            'awslogs-stream-prefix': 'it',
          },
        },
      },
    ],
  }
}
