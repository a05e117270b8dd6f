// The lag of detection: how long a container could answer before its starter knew.
import type { Started } from './contenders/contender.ts'
import { type ContenderName, chooseContenders } from './contenders/open-contender.ts'
import { attemptsTable } from './harness/attempts-table.ts'
import { type Bench, runBenchmark } from './harness/benchmark.ts'
import { readOptions } from './harness/read-options.ts'
import { seededRandom, shuffled } from './harness/seeded-random.ts'
import { startOnce } from './harness/start-once.ts'
import { stampInMicros, wallOffsetInMicros } from './harness/wall-clock.ts'
import { truthImage } from './images/truth-image.ts'
import { webImage } from './images/web-image.ts'
import { readTruth } from './truth/read-truth.ts'

interface Workload {
  readonly name: string
  readonly image: string
  /** Drawn anew for each round; all contenders of a round get the same. */
  readonly bootInMs: () => number | undefined
  /** The instant from which the container could answer, by CLOCK_MONOTONIC in microseconds. */
  readonly truth: (started: Started) => Promise<number>
}

interface Attempt {
  readonly workload: string
  readonly round: number
  readonly contender: string
  readonly bootInMs: number | undefined
  readonly valueInMs: number | undefined
  readonly failure: string | undefined
}

/** The peers have much larger lags: fewer rounds show them as well. */
const ROUNDS_PER_ROUND_OF_PEERS = 3
const SHORTEST_BOOT_IN_MS = 200
const LONGEST_BOOT_IN_MS = 1_700

const options = readOptions({ rounds: 72 })
const random = seededRandom(options.seed)

await runBenchmark('detection', options, async (bench) => {
  const contenders = chooseContenders(options.only)
  const web = await webImage(bench.engine, options.image, options.shellImage)
  const truth = await truthImage(bench.engine, options.shellImage)
  const listening = async ({ containerId }: Started) => (await readTruth(bench.engine, containerId)).listening
  const workloads: Workload[] = [
    {
      name: `${options.image}, since the engine's own StartedAt`,
      image: web,
      bootInMs: () => undefined,
      truth: ({ containerId }) => engineStart(bench, containerId),
    },
    { name: 'a program that listens at once', image: truth, bootInMs: () => 0, truth: listening },
    {
      name: 'a program that boots for 0.2 to 1.7 s',
      image: truth,
      bootInMs: () => Math.round(SHORTEST_BOOT_IN_MS + random() * (LONGEST_BOOT_IN_MS - SHORTEST_BOOT_IN_MS)),
      truth: listening,
    },
  ]
  const attempts: Attempt[] = []
  for (let round = 0; round <= options.rounds; round++) {
    const names = contenders.filter((name) => isNear(name) || round % ROUNDS_PER_ROUND_OF_PEERS === 0)
    for (const workload of shuffled(workloads, random)) {
      const bootInMs = workload.bootInMs()
      for (const contender of shuffled(names, random)) {
        bench.progress(`round ${round}/${options.rounds}: ${contender}, ${workload.name}`)
        const command = bootInMs === undefined ? [] : [String(bootInMs)]
        const request = { image: workload.image, command, port: 80, labels: bench.labels }
        const { started, evidence, failure } = await startOnce(bench, contender, request, workload.truth)
        if (round === 0) continue
        const valueInMs = started && evidence !== undefined ? (started.readyAt - evidence) / 1_000 : undefined
        attempts.push({ workload: workload.name, round, contender, bootInMs, valueInMs, failure })
      }
    }
  }
  const tables = workloads.map(({ name }) => {
    const own = attempts.filter(({ workload }) => workload === name)
    return attemptsTable(`Detection lag, ${name}`, own, { baseline: 'floor', by: 'difference' }, 2)
  })
  return { tables, attempts, images: [options.image, web, truth] }
})

function isNear(name: ContenderName): boolean {
  return name === 'floor' || name === 'berth'
}

/** nginx does not log when it listens; when the engine took it for started is the same zero for every contender. */
async function engineStart({ engine }: Bench, containerId: string): Promise<number> {
  type Inspect = { State: { StartedAt: string } }
  const { State } = await engine.json<Inspect>('GET', `/containers/${containerId}/json`)
  return stampInMicros(State.StartedAt) - wallOffsetInMicros()
}
