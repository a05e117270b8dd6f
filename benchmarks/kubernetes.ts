// The whole start of a web server on the cluster that kubectl uses, with Berth and with kubectl: from the call to the first 200.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { http } from '@berth/core'
import { kubernetes } from '@berth/kubernetes'
import { attemptsTable } from './harness/attempts-table.ts'
import { runBenchmark } from './harness/benchmark.ts'
import { formatMedian, formatQuantile } from './harness/format-quantile.ts'
import { nowInMicros } from './harness/monotonic-clock.ts'
import { readOptions } from './harness/read-options.ts'
import { seededRandom, shuffled } from './harness/seeded-random.ts'
import { kubectlStart } from './kubernetes/kubectl-start.ts'
import { toldAddresses } from './kubernetes/told-addresses.ts'

const BERTH = 'berth'
const KUBECTL = 'kubectl run + wait + curl'
const LABEL = `benchmark-${process.pid}`
const PORT = 80

interface Attempt {
  readonly round: number
  readonly contender: string
  readonly valueInMs: number | undefined
  /** From the address being told to `ready()` resolving. */
  readonly lagInMs?: number | undefined
  readonly failure?: string | undefined
}

const options = readOptions({ rounds: 15 })
const execute = promisify(execFile)

await runBenchmark('kubernetes', options, async (bench) => {
  const random = seededRandom(options.seed)
  const provider = kubernetes({ expose: 'private' })
  const told = toldAddresses()
  const attempts: Attempt[] = []
  try {
    // Round 0 opens connections and loads what is loaded late, and is not kept.
    for (let round = 0; round <= options.rounds; round++) {
      for (const contender of shuffled([BERTH, KUBECTL], random)) {
        bench.progress(`round ${round}/${options.rounds}: ${contender}`)
        const measure = contender === BERTH ? startByBerth : startByKubectl
        const outcome = await measure(round).catch((error: Error) => ({ failure: error.message }))
        if (round > 0) attempts.push({ round, contender, valueInMs: undefined, ...outcome })
      }
    }
  } finally {
    told.close()
    await execute('kubectl', ['delete', 'pods', '-l', `benchmark=${LABEL}`, '--grace-period', '1'])
    await provider.close()
  }
  const lags = attempts.flatMap(({ lagInMs }) => lagInMs ?? [])
  const lag = {
    title: 'How late ready is noticed',
    columns: ['', 'n', 'median ms [95 % CI]', 'p95 ms [95 % CI]'],
    rows: [[BERTH, String(lags.length), formatMedian(lags, 1), formatQuantile(lags, 0.95, 1)]],
    notes: [
      "From the cluster's telling the Pod's address, as kubectl's own watch prints it, to `ready()` resolving: the program listens by then.",
    ],
  }
  const title = `Whole start of ${options.image} on Kubernetes: from the call to the first 200`
  const whole = attemptsTable(title, attempts, { baseline: KUBECTL, by: 'ratio' }, 1)
  return { tables: [whole, lag], attempts, images: [] }

  async function startByBerth() {
    const beganAt = nowInMicros()
    const run = await provider.run({
      image: options.image,
      ports: [PORT],
      ready: http('/'),
      labels: { benchmark: LABEL },
    })
    await run.ready()
    const readyAt = nowInMicros()
    const toldAt = told.at(run.name)
    await run.remove()
    return {
      valueInMs: (readyAt - beganAt) / 1_000,
      lagInMs: toldAt === undefined ? undefined : (readyAt - toldAt) / 1_000,
    }
  }

  async function startByKubectl(round: number) {
    const name = `${LABEL}-${round}`
    const tookInMicros = await kubectlStart({
      name,
      image: options.image,
      port: PORT,
      label: `benchmark=${LABEL}`,
    })
    await execute('kubectl', ['delete', 'pod', name, '--grace-period', '1'])
    return { valueInMs: tookInMicros / 1_000 }
  }
})
