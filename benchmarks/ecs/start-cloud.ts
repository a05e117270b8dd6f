import { ECS } from '@aws-sdk/client-ecs'
import { type Emulator, startEmulator } from '@berth/emulator'

/** An emulated service on which starts take 8 to 30 s, and nothing runs but their states. */
export interface EcsCloud extends AsyncDisposable {
  readonly emulator: Emulator
  /** How many looks were asked for since it started. */
  looks(): number
  /** How many calls were refused for being too many. */
  refused(): number
  /** When each task was noted to run, by its ARN, in milliseconds since the epoch. */
  runningSince(arns: readonly string[]): Promise<ReadonlyMap<string, number>>
}

const MANY = { capacity: 10_000, refillPerSecond: 10_000 }
const LOOKS = new Set(['DescribeTasks', 'DescribeNetworkInterfaces'])
const MOST_DESCRIBED = 100

export async function startEcsCloud(seed: number): Promise<EcsCloud> {
  const emulator = await startEmulator({
    services: ['ecs'],
    backend: 'none',
    name: `benchmark-ecs-${process.pid}`,
    tls: false,
    seed,
    profile: {
      name: 'of 8 to 30 s',
      durations: {
        accepting: 100,
        placing: [3_000, 12_000],
        pulling: [4_000, 17_000],
        creating: 450,
        starting: 450,
      },
    },
    // Who waits has the real account's limits; whoever orders has larger ones, for that is not what is measured.
    limits: {
      ecs: { vCpus: 10_000, taskChanges: MANY, fargateCalls: MANY, fargateLaunches: MANY },
    },
  })
  Object.assign(process.env, emulator.environment)
  const client = new ECS({})
  const requests = () => emulator.requests()
  return {
    emulator,
    looks: () => requests().filter(({ operation = '' }) => LOOKS.has(operation)).length,
    refused: () =>
      requests().filter(({ operation = '', status = 200 }) => LOOKS.has(operation) && status >= 400).length,
    runningSince: async (arns) => {
      const since = new Map<string, number>()
      for (let start = 0; start < arns.length; start += MOST_DESCRIBED) {
        const { tasks = [] } = await client.describeTasks({
          tasks: arns.slice(start, start + MOST_DESCRIBED),
        })
        for (const { taskArn = '', startedAt } of tasks) since.set(taskArn, startedAt?.getTime() ?? 0)
      }
      return since
    },
    async [Symbol.asyncDispose]() {
      client.destroy()
      await emulator.close()
    },
  }
}
