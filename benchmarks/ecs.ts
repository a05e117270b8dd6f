// What waiting for tasks on AWS ECS costs in calls and how late it is, beside the SDK's own waiter on the same emulated service; and how late it is
// known that what they run answers.
import { readyTable } from './ecs/ready-table.ts'
import { waitTable } from './ecs/wait-table.ts'
import { runBenchmark } from './harness/benchmark.ts'
import { readOptions } from './harness/read-options.ts'

const options = readOptions({ rounds: 10, count: 300 })

await runBenchmark('ecs', options, async (bench) => {
  const ready = await readyTable(options, bench)
  const waits = await waitTable(options, bench)
  return {
    tables: [waits.table, ready.table],
    attempts: [...waits.attempts, ...ready.attempts],
    images: [],
  }
})
