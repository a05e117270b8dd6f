import { mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ContenderProcesses } from './contender-processes.ts'
import { EngineSocket } from './engine-socket.ts'
import { engineFacts, type MachineFacts, machineFacts } from './machine-facts.ts'
import { BENCHMARK_LABEL, removeLabelled } from './owned-containers.ts'
import type { BenchmarkOptions } from './read-options.ts'
import { renderText, type Table } from './table.ts'

/** What a program measures with. */
export interface Bench {
  readonly engine: EngineSocket
  /** To go on everything that is started: what carries them is removed at the end, however it comes. */
  readonly labels: Readonly<Record<string, string>>
  readonly contenders: ContenderProcesses
  /** Aborted by ^C: for what is started in this process itself. */
  readonly signal: AbortSignal
  /** A line of progress, on a terminal only. */
  progress(text: string): void
}

/** What a program has measured. */
export interface Measured {
  readonly tables: readonly Table[]
  /** Every single attempt, nothing left out. */
  readonly attempts: readonly object[]
  /** Local images whose identity belongs to the figures. */
  readonly images: readonly string[]
}

/** A program's results as they lie in `results/<name>.json`. */
export interface Results {
  readonly benchmark: string
  readonly measuredAt: string
  readonly tookInSeconds: number
  readonly machine: MachineFacts
  readonly options: BenchmarkOptions
  readonly tables: readonly Table[]
  readonly attempts: readonly object[]
}

export const RESULTS_DIRECTORY = fileURLToPath(new URL('../results/', import.meta.url))

const LOOK_AGAIN_IN_MS = 500

/** Runs a program: shows its tables, keeps its results, and leaves no container behind, on ^C neither. */
export async function runBenchmark(
  name: string,
  options: BenchmarkOptions,
  measure: (bench: Bench) => Promise<Measured>,
): Promise<void> {
  const engine = new EngineSocket()
  const value = `${name}-${process.pid}-${Date.now().toString(36)}`
  const contenders = new ContenderProcesses()
  const machine = machineFacts()
  const measuredAt = new Date()
  const interruption = new AbortController()
  const interrupted = Promise.withResolvers<never>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const reason = new Interrupted(signal)
      interruption.abort(reason)
      interrupted.reject(reason)
    })
  }
  try {
    const labels = { [BENCHMARK_LABEL]: value }
    const measuring = measure({ engine, labels, contenders, signal: interruption.signal, progress })
    const measured = await Promise.race([measuring, interrupted.promise])
    progress('')
    const results: Results = {
      benchmark: name,
      measuredAt: measuredAt.toISOString(),
      tookInSeconds: Math.round((Date.now() - measuredAt.getTime()) / 1_000),
      machine: {
        ...machine,
        ...(await engineFacts(engine, [...new Set(measured.images)]).catch(() => ({ Engine: 'none' }))),
      },
      options,
      tables: measured.tables,
      attempts: measured.attempts,
    }
    mkdirSync(RESULTS_DIRECTORY, { recursive: true })
    writeFileSync(`${RESULTS_DIRECTORY}${name}.json`, `${JSON.stringify(results, null, 1)}\n`)
    for (const [label, text] of Object.entries(results.machine)) console.log(`${label}: ${text}`)
    console.log(`Seed: ${options.seed}; took ${results.tookInSeconds} s; raw data: results/${name}.json\n`)
    for (const table of results.tables) console.log(renderText(table))
  } catch (error) {
    progress('')
    if (error instanceof Interrupted) console.error(`${error.message}: cleaning up`)
    else console.error(error)
    process.exitCode = error instanceof Interrupted ? 130 : 1
  } finally {
    await contenders.close()
    await removeAll(engine, `${BENCHMARK_LABEL}=${value}`)
    engine.close()
    process.exit() // an interrupted measurement is still under way
  }
}

/** What was under way when the measurement ended can still appear: it looks until nothing more does. */
async function removeAll(engine: EngineSocket, label: string): Promise<void> {
  try {
    for (
      let left = await removeLabelled(engine, label);
      left > 0;
      left = await removeLabelled(engine, label)
    ) {
      console.error(`removed ${left} containers that were left`)
      await delay(LOOK_AGAIN_IN_MS)
    }
  } catch (error) {
    console.error(`could not look for containers that are left (pnpm run clean does): ${String(error)}`)
  }
}

class Interrupted extends Error {
  constructor(signal: string) {
    super(`interrupted by ${signal}`)
  }
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`)
}
