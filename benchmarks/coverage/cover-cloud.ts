import { type ContainerSpec, http, type ProviderWith, type TimelineJson } from '@berth/core'
import { type Emulator, type EmulatorOptions, type ServiceName, startEmulator } from '@berth/emulator'
import { type Bench, type Measured, runBenchmark } from '../harness/benchmark.ts'
import { nowInMicros } from '../harness/monotonic-clock.ts'
import { readOptions } from '../harness/read-options.ts'
import { type Random, seededRandom } from '../harness/seeded-random.ts'
import type { Table } from '../harness/table.ts'
import { truthImage } from '../images/truth-image.ts'
import { readTruthOf } from '../truth/read-truth.ts'
import { type CheckedMark, checkMarks, sumsExactly } from './check-start.ts'
import { coverageTable } from './coverage-table.ts'

/** A cloud on which starts are covered. */
export interface CoveredCloud {
  readonly service: ServiceName
  /** As its users call it. */
  readonly title: string
  /** The ways in which it behaves, drawn anew for every emulator, and limits and nodes that have room for so many starts. */
  settings(random: Random): Pick<EmulatorOptions, 'dialects' | 'limits' | 'kubernetes'>
  /** A provider of whatever the environment points to. */
  createProvider(): ProviderWith<'logs'>
  /** What a start of an HTTP server at port 80 that runs a command of its image is here. */
  specOf(image: string, command: readonly string[]): ContainerSpec
}

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

/** The program `<service>-coverage`: many starts on an emulated cloud whose clocks are wrong, real containers, each mark held against their logs. */
export async function coverCloud(cloud: CoveredCloud): Promise<void> {
  const options = readOptions({ rounds: 300, count: 8 })
  await runBenchmark(`${cloud.service}-coverage`, options, (bench) => cover(cloud, options, bench))
}

async function cover(
  cloud: CoveredCloud,
  { rounds, count, seed, shellImage }: ReturnType<typeof readOptions>,
  bench: Bench,
): Promise<Measured> {
  const random = seededRandom(seed)
  const image = await truthImage(bench.engine, shellImage)
  const attempts: Attempt[] = []
  const failures: Failure[] = []
  const boots = Array.from({ length: rounds }, () =>
    random() < 0.5 ? 0 : Math.round(random() * LONGEST_BOOT_IN_MS),
  )
  let words = ''
  for (let first = 0; first < boots.length; first += STARTS_A_CLOUD) {
    await using emulator = await startCloud(cloud, random)
    Object.assign(process.env, emulator.environment)
    words = `${emulator.description}; ${emulator.describeStart(cloud.service, image)}`
    await using provider = cloud.createProvider()
    const waiting = boots.slice(first, first + STARTS_A_CLOUD).values()
    await Promise.all(
      Array.from({ length: count }, async () => {
        for (const bootInMs of waiting) {
          if (bench.signal.aborted) return
          const spec = cloud.specOf(image, ['/truth', String(bootInMs)])
          await measure(provider, spec, bench.signal).then(
            (measured) => attempts.push({ bootInMs, ...measured }),
            (error: Error) => failures.push({ bootInMs, failure: error.message }),
          )
          bench.progress(`${attempts.length + failures.length}/${rounds} starts`)
        }
      }),
    )
  }
  const table = tableOf(cloud.title, attempts, [
    `${cloud.title} is ${words}. Every ${STARTS_A_CLOUD} starts meet other clocks: the front end's and ${NODES} nodes', each up to ${FARTHEST_OFFSET_IN_MS / 1_000} s wrong and up to ${MOST_DRIFT_IN_PPM} ppm fast or slow.`,
    `Half of the starts listen at once, half boot for up to ${LONGEST_BOOT_IN_MS / 1_000} s; ${count} at a time. Failed: ${failures.length}.`,
  ])
  return { tables: [table], attempts: [...attempts, ...failures], images: [image] }
}

async function startCloud({ service, settings }: CoveredCloud, random: Random): Promise<Emulator> {
  const clock = () => ({
    offsetInMs: (2 * random() - 1) * FARTHEST_OFFSET_IN_MS,
    driftInPpm: (2 * random() - 1) * MOST_DRIFT_IN_PPM,
  })
  return await startEmulator({
    services: [service],
    backend: 'docker',
    name: `coverage-${service}-${process.pid}`,
    profile: 'recorded',
    timeScale: TIME_SCALE,
    seed: Math.floor(random() * 2 ** 32),
    tls: false,
    clocks: { frontEnd: clock(), nodes: Array.from({ length: NODES }, clock), registry: clock() },
    ...settings(random),
  })
}

async function measure(
  provider: ProviderWith<'logs'>,
  spec: ContainerSpec,
  signal: AbortSignal,
): Promise<Omit<Attempt, 'bootInMs'>> {
  const requestedAt = nowInMicros()
  await using run = await provider.run({ ...spec, ready: http('/') }, { signal })
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
    isExact: sumsExactly(timeline),
    assumptions: timeline.assumptions,
    marks: checkMarks(timeline, requestedAt, truth, noWord),
    timeline: timeline.toJSON(),
  }
}

function tableOf(title: string, attempts: readonly Attempt[], notes: readonly string[]): Table {
  const exact = attempts.filter(({ isExact }) => isExact).length
  const undisturbed = attempts.filter(({ assumptions }) => assumptions === 'declared').length
  const named = attempts.map(({ timeline }) => {
    const told = timeline.phases.filter(({ name }) => name !== 'unattributed')
    return told.reduce((sum, { duration }) => sum + duration, 0) / (timeline.total ?? 1)
  })
  const median = named.toSorted((one, other) => one - other)[Math.floor(named.length / 2)] ?? 0
  const table = coverageTable(
    `Marks of ${attempts.length} starts on emulated ${title} against the truth`,
    attempts.flatMap(({ marks }) => marks),
  )
  return {
    ...table,
    notes: [
      ...table.notes,
      ...notes,
      `Phases sum to the total exactly, edge to edge: ${exact} of ${attempts.length}. All evidence agreed as declared: ${undisturbed} of ${attempts.length}. Phases with a name cover ${Math.round(100 * median)} % of the total at the median.`,
    ],
  }
}
