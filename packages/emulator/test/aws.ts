import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {
  type ContainerDefinition,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { IAMClient } from '@aws-sdk/client-iam'
import { type Emulator, type EmulatorOptions, startEmulator } from '../src/index.ts'
import { modelChecked } from './aws/model-checked.ts'

/** An emulator with the official clients, each of whose requests and answers are held against the service's model. */
export interface Aws extends AsyncDisposable {
  readonly emulator: Emulator
  readonly ecs: ECSClient
  readonly ec2: EC2Client
  readonly logs: CloudWatchLogsClient
  readonly iam: IAMClient
  readonly network: { readonly subnets: string[]; readonly groups: string[] }
  readonly executionRoleArn: string
  readonly taskRoleArn: string
  /** Registers a definition of the given containers, the first of them named `main` where it has no name. */
  register(
    containers: readonly Partial<ContainerDefinition>[],
    others?: Partial<RegisterTaskDefinitionCommandInput>,
  ): Promise<string>
  /** What runs one task with a public address. */
  request(taskDefinition: string, others?: Partial<RunTaskCommandInput>): RunTaskCommandInput
  /** Runs one. Throws where it is a failure. */
  run(taskDefinition: string, others?: Partial<RunTaskCommandInput>): Promise<Task>
  describe(taskArn: string): Promise<Task>
  /** Asks for a task until it is as wanted. */
  until(taskArn: string, isWanted: (task: Task) => boolean): Promise<Task>
  stop(taskArn: string): Promise<void>
  /** Waits until it has stopped. */
  stopped(taskArn: string): Promise<Task>
  /** Of a task that runs. */
  publicIp(task: Task): Promise<string>
}

export const REGION = 'us-east-1'

/** What every client of this emulator is made with. */
export function clientOptions(emulator: Emulator) {
  const { environment } = emulator
  return {
    region: REGION,
    endpoint: environment.AWS_ENDPOINT_URL ?? '',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
    maxAttempts: 1,
  }
}

/** Backend `none` unless told otherwise. */
export async function startAws(options: EmulatorOptions = {}): Promise<Aws> {
  const emulator = await startEmulator({ backend: 'none', tls: false, seed: 7, ...options })
  try {
    const settings = clientOptions(emulator)
    const ecs = modelChecked(new ECSClient(settings))
    const ec2 = modelChecked(new EC2Client(settings))
    const logs = modelChecked(new CloudWatchLogsClient(settings))
    const iam = modelChecked(new IAMClient(settings))
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}))
    const network = {
      subnets: Subnets.map(({ SubnetId = '' }) => SubnetId),
      groups: SecurityGroups.map(({ GroupId = '' }) => GroupId),
    }
    const role = (name: string) => `arn:aws:iam::${emulator.aws?.accountId}:role/${name}`
    const describe: Aws['describe'] = async (taskArn) => {
      const { tasks: [task] = [], failures } = await ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }))
      if (!task) throw new Error(`${taskArn}: ${JSON.stringify(failures)}`)
      return task
    }
    const until: Aws['until'] = async (taskArn, isWanted) => {
      for (;;) {
        const task = await describe(taskArn)
        if (isWanted(task)) return task
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
    }
    const request: Aws['request'] = (taskDefinition, others = {}) => ({
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: network.subnets, assignPublicIp: 'ENABLED' },
      },
      ...others,
    })
    return {
      emulator,
      ecs,
      ec2,
      logs,
      iam,
      network,
      executionRoleArn: role('ecsTaskExecutionRole'),
      taskRoleArn: role('ecsTaskRole'),
      async register(containers, others = {}) {
        const { taskDefinition } = await ecs.send(
          new RegisterTaskDefinitionCommand({
            family: 'web',
            networkMode: 'awsvpc',
            requiresCompatibilities: ['FARGATE'],
            cpu: '256',
            memory: '512',
            containerDefinitions: containers.map((container) => ({
              name: 'main',
              image: 'nginx',
              ...container,
            })),
            ...others,
          }),
        )
        return taskDefinition?.taskDefinitionArn ?? ''
      },
      request,
      async run(taskDefinition, others) {
        const wanted = request(taskDefinition, others)
        const { tasks: [task] = [], failures } = await ecs.send(new RunTaskCommand(wanted))
        if (!task) throw new Error(JSON.stringify(failures))
        return task
      },
      describe,
      until,
      async stop(task) {
        await ecs.send(new StopTaskCommand({ task }))
      },
      stopped: (taskArn) => until(taskArn, ({ lastStatus }) => lastStatus === 'STOPPED'),
      async publicIp(task) {
        const details = task.attachments?.[0]?.details ?? []
        const id = details.find(({ name }) => name === 'networkInterfaceId')?.value ?? ''
        const { NetworkInterfaces } = await ec2.send(
          new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }),
        )
        return NetworkInterfaces?.[0]?.Association?.PublicIp ?? ''
      },
      [Symbol.asyncDispose]: () => emulator.close(),
    }
  } catch (error) {
    await emulator.close()
    throw error
  }
}
