// One application over two clouds: a web front on Google Kubernetes Engine and a pool of workers on Azure Container Instances. Each is told the other's
// address; every start tells where its time went; the pool grows, shrinks, and replaces a worker that fails; at the end nothing is left.
//
//   node main.ts              on the emulator: no account, no bill, containers that really run
//   node main.ts --real       on your own accounts (README.md says what they need)
//   node main.ts --fargate    half of the workers on AWS
//   node main.ts --keep       goes on until ^C, so that you can look at the page
import { parseArgs } from 'node:util'
import { openClouds } from './clouds.ts'
import { showTable, tell } from './show.ts'
import { startFront } from './start-front.ts'
import { WorkerPool } from './worker-pool.ts'

const flag = { type: 'boolean', default: false } as const
const { values: flags } = parseArgs({ options: { real: flag, fargate: flag, keep: flag } })

await using clouds = await openClouds(flags)
tell(
  `a front on ${clouds.front.name}, workers on ${clouds.workers.map(({ name }) => name).join(' and ')}; ${clouds.description}`,
)

await using front = await startFront(clouds)
tell(`the page is at ${front.url}`)

await using pool: WorkerPool = new WorkerPool(clouds, front.url, (workers) =>
  front.connect(workers, pool.everStarted),
)
await pool.scaleTo(2)
await tally(12)

tell('more work: the pool grows to 4')
await pool.scaleTo(4)
await tally(12)

const [victim] = pool.workers
tell(`somebody stops ${victim?.name} behind the pool's back`)
await pool.breakAndReplace(victim)
await tally(12)

tell('less work: the pool shrinks to 2')
await pool.scaleTo(2)
await tally(6)

showTable([front.part, ...pool.everStarted])
if (flags.keep) await pool.untilInterrupted()

await pool[Symbol.asyncDispose]()
await front[Symbol.asyncDispose]()
const left = await clouds.left()
tell(left.length === 0 ? 'everything is gone' : `still there: ${left.join(', ')}`)
if (left.length > 0) process.exitCode = 1

/** Sends requests to the front, and tells which worker of which cloud answered how many. */
async function tally(requests: number): Promise<void> {
  const answers = new Map<string, number>()
  for (let sent = 0; sent < requests; sent += 1) {
    const answer = await front.ask()
    answers.set(answer, (answers.get(answer) ?? 0) + 1)
  }
  for (const [answer, count] of answers) tell(`  ${String(count).padStart(3)} × ${answer}`)
  if (answers.has('no worker answers')) throw new Error('the front reached no worker')
}
