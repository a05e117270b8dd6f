import { type Emulator, type EmulatorOptions, startEmulator } from '@berth/emulator'
import { canary } from '../../../core/test/canary.ts'
import type { ConformanceWorld, ForeignObject } from '../../src/index.ts'
import { workloadsOf } from '../emulated/backend-workloads.ts'
import { askAws, type EcsWitness } from './ask-aws.ts'

/** An emulated account of its own. */
export interface EcsWorld {
  readonly world: ConformanceWorld
  readonly emulator: Emulator
  dispose(): Promise<void>
}

/** What the service lets pass by the minute goes by in seconds. */
const TIME_SCALE = 10
const MANY = { capacity: 1_000_000, refillPerSecond: 1_000_000 }

/** Starts an emulator and points this process, and those that it starts, at it. */
export async function ecsWorld(
  backend: 'docker' | 'process',
  options: EmulatorOptions = {},
): Promise<EcsWorld> {
  const emulator = await startEmulator({
    services: ['ecs'],
    backend,
    name: `conformance-ecs-${backend}`,
    tls: false,
    timeScale: TIME_SCALE,
    // The check of the whole repository looks for it in all that the tests leave and print.
    aws: { secretAccessKey: canary },
    limits: {
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
        vCpus: 1_000,
        spotVCpus: 1_000,
      },
      ec2: { reads: MANY, writes: MANY },
      logs: { gets: MANY, filters: MANY, describes: MANY, writes: MANY },
    },
    ...options,
  })
  Object.assign(process.env, emulator.environment)
  const listsLateInMs = (options.dialects?.ecs?.listStaleInMs ?? 0) / TIME_SCALE
  const witness = askAws(listsLateInMs)
  const { workloads } = workloadsOf(backend)
  return {
    emulator,
    world: {
      workloads,
      exclusive: true,
      inspect: () => witness.inspect(),
      createForeign: () => createForeign(witness, workloads.sleep()),
      otherProcess: {
        module: new URL('./ecs-provider.ts', import.meta.url).href,
        execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
      },
      concurrency: 30,
    },
    dispose: async () => {
      witness.close()
      await emulator.close()
    },
  }
}

/** A task that looks a little like ours, and is not. */
async function createForeign(
  witness: EcsWitness,
  { image, command }: ReturnType<ConformanceWorld['workloads']['sleep']>,
): Promise<ForeignObject> {
  const arn = await witness.runForeign(image, [...(command ?? [])], {
    'berth-expires': '1',
    'com.example.berth-run': 'x',
  })
  return {
    exists: async () => (await witness.statusOf(arn)) === 'RUNNING',
    remove: () => witness.stop(arn),
  }
}
