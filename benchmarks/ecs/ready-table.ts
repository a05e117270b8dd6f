import type { Bench } from '../harness/benchmark.ts'
import { formatMedian, formatQuantile } from '../harness/format-quantile.ts'
import type { BenchmarkOptions } from '../harness/read-options.ts'
import type { Table } from '../harness/table.ts'
import { byBerth, byHand, type Crowd, type ReadyLag } from './ready-lag.ts'

const CROWD = 12
/** A crowd gives so many figures at once. */
const ROUNDS_A_CROWD = 4

interface Attempt extends ReadyLag {
  readonly scene: string
}

/** How late it is known that a server answers: one at a time, and many that start in the same moment, beside what the machine itself allows. */
export async function readyTable(
  options: BenchmarkOptions,
  bench: Bench,
): Promise<{ readonly table: Table; readonly attempts: readonly Attempt[] }> {
  const attempts: Attempt[] = []
  const rows: string[][] = []
  const scenes: readonly (readonly [scene: string, crowd: Crowd, count: number, rounds: number])[] = [
    ['one at a time: berth', byBerth, 1, options.rounds],
    ['one at a time: by hand', byHand, 1, options.rounds],
    [`${CROWD} at once: berth`, byBerth, CROWD, ROUNDS_A_CROWD],
    [`${CROWD} at once: by hand`, byHand, CROWD, ROUNDS_A_CROWD],
  ]
  for (const [scene, start, count, rounds] of scenes) {
    const lags: ReadyLag[] = []
    for (let round = 0; round < rounds; round += 1) {
      lags.push(...(await start(count, bench.signal)))
      bench.progress(`${scene}: ${lags.length}`)
    }
    const figures = (read: (lag: ReadyLag) => number) => lags.map(read)
    const known = figures(({ knownInMs }) => knownInMs)
    rows.push([
      scene,
      String(lags.length),
      formatMedian(
        figures(({ askedInMs }) => askedInMs),
        1,
      ),
      formatMedian(known, 1),
      formatQuantile(known, 0.95, 1),
    ])
    attempts.push(...lags.map((lag) => ({ ...lag, scene })))
  }
  const table = {
    title: 'From when a server could answer to its being known',
    columns: ['', 'n', 'asked, median ms [95 % CI]', 'known, median ms [95 % CI]', 'known, p95 ms [95 % CI]'],
    rows,
    notes: [
      'From the later of the server listening and its address being received: until its first connection reached it, and until whoever waited knew that it answers. Containers are processes of Node.js on this machine.',
      `By hand: the same processes without any cloud, each asked every 2 ms from its start on. ${CROWD} that start at once share the processors with whoever asks: what that takes is the machine's.`,
    ],
  }
  return { table, attempts }
}
