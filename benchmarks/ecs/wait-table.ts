import type { Bench } from '../harness/benchmark.ts'
import { formatMedian, formatQuantile } from '../harness/format-quantile.ts'
import type { BenchmarkOptions } from '../harness/read-options.ts'
import type { Table } from '../harness/table.ts'
import { startEcsCloud } from './start-cloud.ts'
import { berth, sdkWaiter, type Waiter } from './waiters.ts'

const CONTENDERS: Readonly<Record<string, Waiter>> = {
  berth,
  'waitUntilTasksRunning, one a task': sdkWaiter(1),
  'waitUntilTasksRunning, one for 100': sdkWaiter(100),
}

interface Attempt {
  readonly contender: string
  readonly count: number
  readonly lagInMs: number
}

/** How many calls it takes to wait for tasks, and how late it is known that they run. States only; nothing really runs. */
export async function waitTable(
  options: BenchmarkOptions,
  bench: Bench,
): Promise<{ readonly table: Table; readonly attempts: readonly Attempt[] }> {
  const counts = [...new Set([1, 10, 100, options.count])].filter((count) => count <= options.count)
  const attempts: Attempt[] = []
  const rows: string[][] = []
  let words = ''
  for (const count of counts) {
    for (const [contender, wait] of Object.entries(CONTENDERS)) {
      // With few tasks a round says little; several of them wait beside each other, and know nothing of one another.
      const rounds = count < 100 ? options.rounds : 1
      await using cloud = await startEcsCloud(options.seed)
      words = cloud.emulator.description
      const waited = await Promise.all(Array.from({ length: rounds }, () => wait(cloud, count, bench.signal)))
      const looks = cloud.looks()
      const refused = cloud.refused()
      const tasks = waited.flat()
      const since = await cloud.runningSince(tasks.map(({ arn }) => arn))
      const lags = tasks.map(({ arn, knownAt }) => Math.max(0, knownAt - (since.get(arn) ?? 0)))
      attempts.push(...lags.map((lagInMs) => ({ contender, count, lagInMs })))
      rows.push([
        `${count} ${count === 1 ? 'task' : 'tasks'}${rounds > 1 ? `, ${rounds} times` : ''}: ${contender}`,
        String(lags.length),
        (looks / rounds).toFixed(0),
        String(refused),
        formatMedian(lags, 0),
        formatQuantile(lags, 0.95, 0),
      ])
      bench.progress(`${count}: ${contender}`)
    }
  }
  const table = {
    title: 'From RUNNING on the service to its being known, for tasks that take 8 to 30 s',
    columns: [
      '',
      'n',
      'looks a round',
      'refused in all',
      'lag, median ms [95 % CI]',
      'lag, p95 ms [95 % CI]',
    ],
    rows,
    notes: [
      `The service is ${words}. Looks are its DescribeTasks and DescribeNetworkInterfaces: Berth's tell the address too, the SDK's do not.`,
      'Who waits has the limits of a real account (100 looks at once, 20 a second); those on orders are raised for all alike.',
    ],
  }
  return { table, attempts }
}
