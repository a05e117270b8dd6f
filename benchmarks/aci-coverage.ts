// Whether the timeline tells the truth of a cloud that is polled and whose clocks are wrong: starts on emulated ACI, real containers, each mark's
// interval against what the container itself logged.
import { type AciCapabilities, aci } from '@berth/aci'
import { http, type Provider, type TimelineJson } from '@berth/core'
import { type Emulator, startEmulator } from '@berth/emulator'
import { type CheckedMark, checkMarks, sumsExactly } from './coverage/check-start.ts'
import { coverageTable } from './coverage/coverage-table.ts'
import { type Bench, runBenchmark } from './harness/benchmark.ts'
import { nowInMicros } from './harness/monotonic-clock.ts'
import { readOptions } from './harness/read-options.ts'
import { type Random, seededRandom } from './harness/seeded-random.ts'
import type { Table } from './harness/table.ts'
import { truthImage } from './images/truth-image.ts'
import { readTruthOf } from './truth/read-truth.ts'

/** A cloud with clocks of its own each. */
const STARTS_A_CLOUD = 30
const NODES = 3
const FARTHEST_OFFSET_IN_MS = 30_000
/** What docs/timeline.md assumes at the most, of two clocks together. */
const MOST_DRIFT_IN_PPM = 50
/** Stamps are whole seconds whatever the scale: a faster start is a coarser one. */
const TIME_SCALE = 5
const LONGEST_BOOT_IN_MS = 1_700

interface Attempt {
  readonly bootInMs: number
  readonly isExact: boolean
  readonly assumptions: string
  readonly marks: readonly CheckedMark[]
  readonly timeline: TimelineJson
}

interface Failure {
  readonly bootInMs: number
  readonly failure: string
}

const options = readOptions({ rounds: 300, count: 8 })

await runBenchmark('aci-coverage', options, async (bench) => {
  const random = seededRandom(options.seed)
  const image = await truthImage(bench.engine, options.shellImage)
  const attempts: Attempt[] = []
  const failures: Failure[] = []
  const boots = Array.from({ length: options.rounds }, () =>
    random() < 0.5 ? 0 : Math.round(random() * LONGEST_BOOT_IN_MS),
  )
  let words = ''
  for (let first = 0; first < boots.length; first += STARTS_A_CLOUD) {
    await using emulator = await startCloud(random)
    words = `${emulator.description}; ${emulator.describeStart('aci', image)}`
    await using provider = providerOf(emulator)
    const waiting = boots.slice(first, first + STARTS_A_CLOUD).values()
    await Promise.all(
      Array.from({ length: options.count }, async () => {
        for (const bootInMs of waiting) {
          if (bench.signal.aborted) return
          await measure(bench, provider, bootInMs, image).then(
            (attempt) => attempts.push(attempt),
            (error: Error) => failures.push({ bootInMs, failure: error.message }),
          )
          bench.progress(`${attempts.length + failures.length}/${options.rounds} starts`)
        }
      }),
    )
  }
  return {
    tables: [tableOf(attempts, failures, words)],
    attempts: [...attempts, ...failures],
    images: [image],
  }
})

async function startCloud(random: Random): Promise<Emulator> {
  const clock = () => ({
    offsetInMs: (2 * random() - 1) * FARTHEST_OFFSET_IN_MS,
    driftInPpm: (2 * random() - 1) * MOST_DRIFT_IN_PPM,
  })
  const many = { capacity: 10_000, refillPerSecond: 1_000 }
  return await startEmulator({
    backend: 'docker',
    name: `coverage-${process.pid}`,
    profile: 'recorded',
    timeScale: TIME_SCALE,
    seed: Math.floor(random() * 2 ** 32),
    tls: false,
    clocks: { frontEnd: clock(), nodes: Array.from({ length: NODES }, clock), registry: clock() },
    dialects: {
      aci: {
        address: random() < 0.5 ? 'accepted' : 'succeeded',
        createdEvents: random() < 0.5,
        containerTimes: random() < 0.5 ? 'seconds' : 'milliseconds',
      },
    },
    limits: { arm: { reads: many, writes: many, deletes: many }, aci: { coresARegion: 10_000 } },
  })
}

function providerOf(emulator: Emulator): Provider<AciCapabilities> {
  Object.assign(process.env, emulator.environment)
  return aci()
}

async function measure(
  { signal }: Bench,
  provider: Provider<AciCapabilities>,
  bootInMs: number,
  image: string,
): Promise<Attempt> {
  const requestedAt = nowInMicros()
  await using run = await provider.run(
    { image, command: ['/truth', String(bootInMs)], ports: [80], cpu: 0.1, memory: '100M', ready: http('/') },
    { signal },
  )
  await run.ready({ signal })
  await run.refresh({ signal })
  const { timeline } = run
  const truth = await readTruthOf(async () => {
    let text = ''
    for await (const line of run.logs()) text += `${line.text}\n`
    return text
  })
  const noWord = { created: undefined, pullEnded: undefined }
  return {
    bootInMs,
    isExact: sumsExactly(timeline),
    assumptions: timeline.assumptions,
    marks: checkMarks(timeline, requestedAt, truth, noWord),
    timeline: timeline.toJSON(),
  }
}

function tableOf(attempts: readonly Attempt[], failures: readonly Failure[], words: string): Table {
  const exact = attempts.filter(({ isExact }) => isExact).length
  const undisturbed = attempts.filter(({ assumptions }) => assumptions === 'declared').length
  const named = attempts.map(({ timeline }) => {
    const told = timeline.phases.filter(({ name }) => name !== 'unattributed')
    return told.reduce((sum, { duration }) => sum + duration, 0) / (timeline.total ?? 1)
  })
  const median = named.toSorted((one, other) => one - other)[Math.floor(named.length / 2)] ?? 0
  const table = coverageTable(
    `Marks of ${attempts.length} starts on emulated ACI against the truth`,
    attempts.flatMap(({ marks }) => marks),
  )
  return {
    ...table,
    notes: [
      ...table.notes,
      `ACI is ${words}. Every ${STARTS_A_CLOUD} starts meet other clocks: the front end's and ${NODES} nodes', each up to ${FARTHEST_OFFSET_IN_MS / 1_000} s wrong and up to ${MOST_DRIFT_IN_PPM} ppm fast or slow.`,
      `Half of the starts listen at once, half boot for up to ${LONGEST_BOOT_IN_MS / 1_000} s; ${options.count} at a time. Failed: ${failures.length}.`,
      `Phases sum to the total exactly, edge to edge: ${exact} of ${attempts.length}. All evidence agreed as declared: ${undisturbed} of ${attempts.length}. Phases with a name cover ${Math.round(100 * median)} % of the total at the median.`,
    ],
  }
}
