// The whole start of a web server: from the call to the first 200, removal apart.
import { type ContenderName, chooseContenders } from './contenders/open-contender.ts'
import { runBenchmark } from './harness/benchmark.ts'
import { formatMedian, formatQuantile } from './harness/format-quantile.ts'
import { readOptions } from './harness/read-options.ts'
import { seededRandom, shuffled } from './harness/seeded-random.ts'
import { startOnce } from './harness/start-once.ts'
import { webImage } from './images/web-image.ts'

interface Attempt {
  readonly round: number
  readonly contender: ContenderName
  readonly totalInMs?: number
  readonly failure?: string | undefined
}

const options = readOptions({ rounds: 72 })

await runBenchmark('start', options, async (bench) => {
  const random = seededRandom(options.seed)
  const names = chooseContenders(options.only)
  const image = await webImage(bench.engine, options.image, options.shellImage)
  const request = { image, command: [], port: 80, labels: bench.labels }
  const attempts: Attempt[] = []
  // round 0 opens processes and connections; later ones pay nothing for them, whoever they are
  for (let round = 0; round <= options.rounds; round++) {
    for (const contender of shuffled(names, random)) {
      bench.progress(`round ${round}/${options.rounds}: ${contender}`)
      const { started, failure } = await startOnce(bench, contender, request)
      if (round === 0) continue
      const measured = started ? { totalInMs: (started.readyAt - started.beganAt) / 1_000 } : { failure }
      attempts.push({ round, contender, ...measured })
    }
  }

  const totals = (contender: ContenderName) =>
    attempts.filter((attempt) => attempt.contender === contender).flatMap(({ totalInMs }) => totalInMs ?? [])
  const ratios = (contender: ContenderName) =>
    attempts.flatMap((attempt) => {
      if (attempt.contender !== contender || attempt.totalInMs === undefined) return []
      const floor = attempts.find(({ round, contender }) => round === attempt.round && contender === 'floor')
      return floor?.totalInMs === undefined ? [] : [attempt.totalInMs / floor.totalInMs]
    })
  const rows = names.map((name) => [
    name,
    String(totals(name).length),
    String(attempts.filter(({ contender, failure }) => contender === name && failure !== undefined).length),
    formatMedian(totals(name), 1),
    formatQuantile(totals(name), 0.95, 1),
    name === 'floor' ? '1' : formatMedian(ratios(name), 3),
  ])
  const table = {
    title: `Whole start of ${options.image}: from the call to the first 200`,
    columns: ['', 'n', 'failed', 'median ms [95 % CI]', 'p95 ms [95 % CI]', 'ratio to floor [95 % CI]'],
    rows,
    notes: [
      'The ratio is the median of the ratios within each round; every round has every contender once, in random order.',
    ],
  }
  return { tables: [table], attempts, images: [options.image, image] }
})
