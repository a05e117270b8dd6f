// What a start on Azure Container Instances costs in calls, and how late it is noticed: on an emulated service, with child processes as containers.
import { type AciStart, measureStart } from './aci/measure-start.ts'
import { startCloud } from './aci/start-cloud.ts'
import { runBenchmark } from './harness/benchmark.ts'
import { formatMedian, formatQuantile } from './harness/format-quantile.ts'
import { readOptions } from './harness/read-options.ts'
import type { Table } from './harness/table.ts'

/** So many starts, each with a provider of its own, run beside each other. More would share what a process spends on probes: a lone start has it all. */
const ALONE_AT_ONCE = 4
const START_IN_MS = 20_000

interface Scene {
  readonly title: string
  readonly address: 'accepted' | 'succeeded'
  /** Started at once by one provider; 1: each by its own. */
  readonly crowd: number
}

const options = readOptions({ rounds: 36, count: 100 })

const SCENES: readonly Scene[] = [
  { title: 'one run, its address late', address: 'succeeded', crowd: 1 },
  { title: 'one run, its address at once', address: 'accepted', crowd: 1 },
  {
    title: `${options.count} runs at once, their addresses late`,
    address: 'succeeded',
    crowd: options.count,
  },
]

await runBenchmark('aci', options, async (bench) => {
  const attempts: (AciStart & { readonly scene: string })[] = []
  const failures: { readonly scene: string; readonly failure: string }[] = []
  const rows: string[][] = []
  let words = ''
  for (const scene of SCENES) {
    await using cloud = await startCloud(scene.address, START_IN_MS, options.seed)
    words = cloud.emulator.description
    const starts: AciStart[] = []
    const measure = async (provider: Parameters<typeof measureStart>[0]) => {
      await measureStart(provider, cloud, bench.signal).then(
        (start) => starts.push(start),
        (error: Error) => failures.push({ scene: scene.title, failure: error.message }),
      )
      bench.progress(`${scene.title}: ${starts.length}`)
    }
    if (scene.crowd > 1) {
      const provider = cloud.createProvider()
      await Promise.all(Array.from({ length: scene.crowd }, () => measure(provider)))
    } else {
      const waiting = Array.from({ length: options.rounds }).values()
      await Promise.all(
        Array.from({ length: ALONE_AT_ONCE }, async () => {
          for (const _ of waiting) await measure(cloud.createProvider())
        }),
      )
    }
    rows.push(rowOf(scene, starts, cloud.sharedCalls()))
    attempts.push(...starts.map((start) => ({ ...start, scene: scene.title })))
  }
  return { tables: [tableOf(rows, words, failures.length)], attempts: [...attempts, ...failures], images: [] }
})

function rowOf(scene: Scene, starts: readonly AciStart[], shared: number): string[] {
  const figures = (read: (start: AciStart) => number | undefined) =>
    starts.flatMap((start) => read(start) ?? [])
  const own = figures(({ calls }) => calls)
  const total = own.reduce((sum, calls) => sum + calls, 0) + shared
  return [
    scene.title,
    String(starts.length),
    formatMedian(own, 1),
    starts.length === 0 ? 'none' : (total / starts.length).toFixed(2),
    starts.length === 0 ? 'none' : (total / starts.length - 1).toFixed(2),
    formatMedian(
      figures(({ addressLagInMs }) => addressLagInMs),
      0,
    ),
    formatMedian(
      figures(({ readyLagInMs }) => readyLagInMs),
      1,
    ),
    formatQuantile(
      figures(({ readyLagInMs }) => readyLagInMs),
      0.95,
      1,
    ),
  ]
}

function tableOf(rows: readonly string[][], words: string, failed: number): Table {
  return {
    title: `Starts of ${START_IN_MS / 1_000} s on Azure Container Instances`,
    columns: [
      '',
      'n',
      'calls for the run alone, median [95 % CI]',
      'calls a run in all',
      'of them reads',
      'address told to received, median ms [95 % CI]',
      'ready lag, median ms [95 % CI]',
      'ready lag, p95 ms [95 % CI]',
    ],
    rows,
    notes: [
      `The service is ${words}. Calls are counted there, from the order to the last look after readiness; lists that a crowd shares are counted in all.`,
      'Ready lag: from the later of the program listening and its address being received, to `ready()` resolving. An address counts as told from the first time that asking every 25 ms shows it.',
      `The crowd's programs all start in the same moment on this machine: their ready lag is what their first answers take it, not what Berth does.`,
      `Failed: ${failed}.`,
    ],
  }
}
