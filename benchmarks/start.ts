// The whole start of a web server: from the call to the first 200; removal is not in it.
import { chooseContenders } from './contenders/open-contender.ts'
import { attemptsTable } from './harness/attempts-table.ts'
import { runBenchmark } from './harness/benchmark.ts'
import { readOptions } from './harness/read-options.ts'
import { seededRandom, shuffled } from './harness/seeded-random.ts'
import { startOnce } from './harness/start-once.ts'
import { webImage } from './images/web-image.ts'

interface Attempt {
  readonly round: number
  readonly contender: string
  readonly valueInMs: number | undefined
  readonly failure: string | undefined
}

const options = readOptions({ rounds: 72 })

await runBenchmark('start', options, async (bench) => {
  const random = seededRandom(options.seed)
  const contenders = chooseContenders(options.only)
  const image = await webImage(bench.engine, options.image, options.shellImage)
  const request = { image, command: [], port: 80, labels: bench.labels }
  const attempts: Attempt[] = []
  // Round 0 opens processes and connections, and is not kept: none of the contenders pays for them.
  for (let round = 0; round <= options.rounds; round++) {
    for (const contender of shuffled(contenders, random)) {
      bench.progress(`round ${round}/${options.rounds}: ${contender}`)
      const { started, failure } = await startOnce(bench, contender, request)
      if (round === 0) continue
      const valueInMs = started && (started.readyAt - started.beganAt) / 1_000
      attempts.push({ round, contender, valueInMs, failure })
    }
  }
  const table = attemptsTable(
    `Whole start of ${options.image}: from the call to the first 200`,
    attempts,
    { baseline: 'floor', by: 'ratio' },
    1,
  )
  return { tables: [table], attempts, images: [options.image, image] }
})
