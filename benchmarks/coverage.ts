// Whether the timeline tells the truth: each mark's interval against what the container itself logged.
import { http, type Provider, type TimelineJson } from '@berth/core'
import { type DockerCapabilities, docker } from '@berth/docker'
import { type CheckedMark, checkMarks, sumsExactly } from './coverage/check-start.ts'
import { coverageTable } from './coverage/coverage-table.ts'
import { readEngineWord } from './coverage/read-engine-word.ts'
import { type Bench, runBenchmark } from './harness/benchmark.ts'
import { nowInMicros } from './harness/monotonic-clock.ts'
import { readOptions } from './harness/read-options.ts'
import { type Random, seededRandom } from './harness/seeded-random.ts'
import type { Table } from './harness/table.ts'
import { PullableImage } from './images/pullable-image.ts'
import { truthImage } from './images/truth-image.ts'
import { readTruth } from './truth/read-truth.ts'

const SHORTEST_BOOT_IN_MS = 200
const LONGEST_BOOT_IN_MS = 1_700
/** Of the starts, where there is a registry to pull from. */
const PULLED_SHARE = 0.1

/** What one start is to be like. */
interface Draw {
  readonly bootInMs: number
  readonly pulls: boolean
}

interface Attempt extends Draw {
  readonly isExact: boolean
  readonly marks: readonly CheckedMark[]
  readonly timeline: TimelineJson
}

interface Failure extends Draw {
  readonly failure: string
}

const options = readOptions({ rounds: 300, count: 2 })

await runBenchmark('coverage', options, async (bench) => {
  const random = seededRandom(options.seed)
  const image = await truthImage(bench.engine, options.shellImage)
  const pullable = options.registry
    ? await PullableImage.push(bench.engine, options.shellImage, options.registry)
    : undefined
  const draws = Array.from({ length: options.rounds }, () => draw(random, pullable !== undefined))
  await using provider = docker()
  const attempts: Attempt[] = []
  const failures: Failure[] = []
  // Two that pull the same image at once would share one pull; all others overlap.
  const plain = draws.filter(({ pulls }) => !pulls).values()
  const lanes = [
    draws.filter(({ pulls }) => pulls).values(),
    ...Array.from({ length: options.count }, () => plain),
  ]
  try {
    await Promise.all(
      lanes.map(async (lane) => {
        for (const next of lane) {
          if (bench.signal.aborted) return
          const reference = next.pulls ? pullable?.reference : undefined
          if (next.pulls) await pullable?.forget()
          await measure(bench, provider, next, reference ?? image).then(
            (attempt) => attempts.push(attempt),
            (error: Error) => failures.push({ ...next, failure: error.message }),
          )
          bench.progress(`${attempts.length + failures.length}/${options.rounds} starts`)
        }
      }),
    )
  } finally {
    await pullable?.forget()
  }
  return { tables: tablesOf(attempts, failures), attempts: [...attempts, ...failures], images: [image] }
})

function draw(random: Random, mayPull: boolean): Draw {
  const isImmediate = random() < 0.5
  const boot = SHORTEST_BOOT_IN_MS + random() * (LONGEST_BOOT_IN_MS - SHORTEST_BOOT_IN_MS)
  return { bootInMs: isImmediate ? 0 : Math.round(boot), pulls: random() < PULLED_SHARE && mayPull }
}

async function measure(
  { engine, labels, signal }: Bench,
  provider: Provider<DockerCapabilities>,
  { bootInMs, pulls }: Draw,
  image: string,
): Promise<Attempt> {
  const calledAt = Date.now()
  const requestedAt = nowInMicros()
  await using run = await provider.run(
    { image, args: [String(bootInMs)], ports: [80], labels, ready: http('/') },
    { signal },
  )
  await run.ready({ signal })
  const { timeline } = run
  const truth = await readTruth(engine, run.ref)
  const word = await readEngineWord(engine, run.ref, pulls ? image : undefined, calledAt)
  return {
    bootInMs,
    pulls,
    isExact: sumsExactly(timeline),
    marks: checkMarks(timeline, requestedAt, truth, word),
    timeline: timeline.toJSON(),
  }
}

function tablesOf(attempts: readonly Attempt[], failures: readonly Failure[]): Table[] {
  const pulls = attempts.filter((attempt) => attempt.pulls).length
  const immediate = attempts.filter(({ bootInMs }) => bootInMs === 0).length
  const exact = attempts.filter(({ isExact }) => isExact).length
  const undisturbed = attempts.filter(({ timeline }) => timeline.assumptions === 'declared').length
  const mix = `${immediate} listen at once, ${attempts.length - immediate} boot for 0.2 to 1.7 s; ${pulls} pull their image first; ${options.count} at a time`
  const table = coverageTable(
    `Marks of ${attempts.length} starts against the truth`,
    attempts.flatMap(({ marks }) => marks),
  )
  const notes = [
    `The starts: ${mix}. Failed: ${failures.length}.`,
    `Phases sum to the total exactly, edge to edge: ${exact} of ${attempts.length}. All evidence agreed as declared: ${undisturbed} of ${attempts.length}.`,
  ]
  return [{ ...table, notes: [...table.notes, ...notes] }]
}
