import { ECS, type Task } from '@aws-sdk/client-ecs'
import type { ContainerRun, Provider } from '@berth/core'
import { type EcsCapabilities, type EcsOptions, ecs } from '@berth/ecs'
import { type Emulator, type EmulatorOptions, startEmulator } from '@berth/emulator'
import { canary } from '../../core/test/canary.ts'
import { untilAnswered } from '../../core/test/start-under-faults.ts'

/** An emulated account with a provider of it. */
export interface Emulated extends AsyncDisposable {
  readonly emulator: Emulator
  readonly provider: Provider<EcsCapabilities>
  /** The names of the operations so far. */
  calls(): readonly string[]
  /** The tasks that have not stopped, asked without the adapter. */
  tasks(): Promise<readonly Task[]>
}

export type EcsRun = ContainerRun<EcsCapabilities>

/** A program that answers HTTP wherever the backend puts it. */
export const HELLO = { image: 'berth/hello', ports: [80] } as const

const MANY = { capacity: 1_000_000, refillPerSecond: 100_000 }
const MANY_A_SECOND = {
  runsASecond: 1_000,
  changesASecond: 1_000,
  definitionsASecond: 1_000,
  readsASecond: 1_000,
  logReadsASecond: 1_000,
}

/** Starts an emulator on child processes and points this process at it. */
export async function emulated(options: EmulatorOptions = {}, more: EcsOptions = {}): Promise<Emulated> {
  const emulator = await startEmulator({
    services: ['ecs'],
    backend: 'process',
    name: `ecs-test-${process.pid}-${Math.random().toString(36).slice(2, 7)}`,
    tls: false,
    timeScale: 10,
    ...options,
    // The check of the whole repository looks for it in all that the tests leave and print.
    aws: { secretAccessKey: canary, ...options.aws },
    limits: {
      ...options.limits,
      ecs: {
        taskChanges: MANY,
        taskReads: MANY,
        definitionChanges: MANY,
        definitionReads: MANY,
        definitionDeletes: MANY,
        clusterReads: MANY,
        clusterChanges: MANY,
        others: MANY,
        fargateCalls: MANY,
        fargateLaunches: MANY,
        vCpus: 10_000,
        spotVCpus: 10_000,
        ...options.limits?.ecs,
      },
      ec2: { reads: MANY, writes: MANY, ...options.limits?.ec2 },
      logs: { gets: MANY, filters: MANY, describes: MANY, writes: MANY, ...options.limits?.logs },
    },
  })
  Object.assign(process.env, emulator.environment)
  // Tasks have a role only where a test or a set-up gives them one.
  delete process.env.BERTH_ECS_TASK_ROLE
  const provider = ecs({ quotas: MANY_A_SECOND, ...more })
  const client = new ECS({})
  return {
    emulator,
    provider,
    calls: () => emulator.requests().flatMap(({ operation }) => operation ?? []),
    tasks: () => listTasks(client),
    async [Symbol.asyncDispose]() {
      await provider.close()
      client.destroy()
      await emulator.close()
    },
  }
}

async function listTasks(client: ECS): Promise<readonly Task[]> {
  const arns: string[] = []
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    let nextToken: string | undefined
    do {
      const page = await untilAnswered(() =>
        client.listTasks({ desiredStatus, ...(nextToken && { nextToken }) }),
      )
      arns.push(...(page.taskArns ?? []))
      nextToken = page.nextToken
    } while (nextToken)
  }
  const tasks: Task[] = []
  for (let start = 0; start < arns.length; start += 100) {
    const { tasks: some = [] } = await untilAnswered(() =>
      client.describeTasks({ tasks: arns.slice(start, start + 100), include: ['TAGS'] }),
    )
    tasks.push(...some.filter(({ lastStatus }) => lastStatus !== 'STOPPED'))
  }
  return tasks
}
