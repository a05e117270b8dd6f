// Many starts at once: wall time, the client's processor time, and what it asks of the engine.
import { type ContenderName, chooseContenders } from './contenders/open-contender.ts'
import { type Bench, runBenchmark } from './harness/benchmark.ts'
import type { ContenderProcess } from './harness/contender-processes.ts'
import { CountingProxy } from './harness/counting-proxy.ts'
import { formatMedian } from './harness/format-quantile.ts'
import { removeLabelled } from './harness/owned-containers.ts'
import { readOptions } from './harness/read-options.ts'
import { seededRandom, shuffled } from './harness/seeded-random.ts'
import { webImage } from './images/web-image.ts'

interface Attempt {
  readonly round: number
  readonly contender: ContenderName
  readonly wallInMs: number
  readonly cpuInMs: number
  readonly failures: readonly string[]
}

/** docker run is a process a start, whose time is not the client's own; a port check by exec is no wait for an answer. */
const USUAL: readonly string[] = ['floor', 'berth', 'testcontainers http']

const options = readOptions({ rounds: 8, count: 50 })

await runBenchmark('burst', options, async (bench) => {
  const random = seededRandom(options.seed)
  const contenders = chooseContenders(options.only.length > 0 ? options.only : USUAL)
  const image = await webImage(bench.engine, options.image, options.shellImage)
  const request = { image, command: [], port: 80, labels: bench.labels }
  const attempts: Attempt[] = []
  for (let round = 1; round <= options.rounds; round++) {
    for (const contender of shuffled(contenders, random)) {
      bench.progress(`round ${round}/${options.rounds}: ${contender}`)
      const burst = await inFreshProcess(bench, contender, {}, async (process) => {
        // The first start opens connections and loads what a contender loads late: neither is the burst's.
        const { containerId } = await process.start(request)
        await process.remove(containerId)
        return await process.burst(request, options.count)
      })
      attempts.push({
        round,
        contender,
        wallInMs: burst.wallInMicros / 1_000,
        cpuInMs: burst.cpuInMicros / 1_000,
        failures: burst.failures,
      })
    }
  }
  const calls: string[][] = []
  for (const contender of contenders) {
    bench.progress(`counting the calls of ${contender}`)
    calls.push(await countCalls(bench, contender, (process) => process.burst(request, options.count)))
  }
  const ratios = (contender: ContenderName, figure: 'wallInMs' | 'cpuInMs') =>
    attempts.flatMap((attempt) => {
      const floor = attempts.find(({ round, contender }) => round === attempt.round && contender === 'floor')
      return attempt.contender === contender && floor ? [attempt[figure] / floor[figure]] : []
    })
  const rows = contenders.map((name) => {
    const own = attempts.filter(({ contender }) => contender === name)
    const figures = (['wallInMs', 'cpuInMs'] as const).flatMap((figure) => [
      formatMedian(
        own.map((attempt) => attempt[figure]),
        0,
      ),
      name === 'floor' ? '' : formatMedian(ratios(name, figure), 2),
    ])
    return [name, String(own.length), String(own.flatMap(({ failures }) => failures).length), ...figures]
  })
  const times = {
    title: `${options.count} starts of ${options.image} at once, from the first call to the last first 200`,
    columns: [
      '',
      'bursts',
      'failed starts',
      'wall ms [95 % CI]',
      'to floor [95 % CI]',
      'client CPU ms [95 % CI]',
      'to floor [95 % CI]',
    ],
    rows,
    notes: [
      'Each burst runs in a new process after one start and removal, which are not counted. CPU is user and system time of that process.',
    ],
  }
  const counted = {
    title: `What these ${options.count} starts ask of the engine`,
    columns: ['', 'calls a start', 'the calls'],
    rows: calls,
    notes: [
      'Counted by a proxy in front of the socket, in a burst that is the first work of its process; removal is not in it. `GET /events` is one stream for all starts and no call of one.',
    ],
  }
  return { tables: [times, counted], attempts, images: [options.image, image] }
})

async function inFreshProcess<Result>(
  { contenders, engine, labels }: Bench,
  contender: ContenderName,
  environment: Readonly<Record<string, string>>,
  work: (process: ContenderProcess) => Promise<Result>,
): Promise<Result> {
  const process = await contenders.open(contender, environment)
  try {
    return await work(process)
  } finally {
    for (const [key, value] of Object.entries(labels)) await removeLabelled(engine, `${key}=${value}`)
    await process.close()
  }
}

async function countCalls(
  bench: Bench,
  contender: ContenderName,
  work: (process: ContenderProcess) => Promise<unknown>,
): Promise<string[]> {
  const proxy = new CountingProxy()
  await proxy.listen()
  try {
    const environment = { DOCKER_HOST: `unix://${proxy.socketPath}` }
    const counts = await inFreshProcess(bench, contender, environment, async (process) => {
      await work(process)
      return proxy.counts()
    })
    const ofStarts = counts.filter(([call]) => call !== 'GET /events')
    const total = ofStarts.reduce((sum, [, count]) => sum + count, 0)
    const words = counts.map(([call, count]) => `${count} x \`${call}\``)
    return [contender, (total / options.count).toFixed(2), words.join(', ')]
  } finally {
    proxy.close()
  }
}
