import { parseArgs } from 'node:util'

/** What every program takes on its command line. */
export interface BenchmarkOptions {
  readonly rounds: number
  /** Of the order of the contenders, and of whatever else is drawn. */
  readonly seed: number
  /** An image that answers HTTP on port 80. */
  readonly image: string
  /** An image with a shell, on which those of the benchmarks are built. */
  readonly shellImage: string
  /** Only these contenders; empty: all. */
  readonly only: readonly string[]
  /** A registry that may be pushed to, for starts that pull; undefined: none of the starts pulls. */
  readonly registry: string | undefined
  /** How many at once, where a program starts more than one. */
  readonly count: number
}

/**
 * Reads `--rounds --seed --image --shell-image --only --registry --count`; images and registry also from BERTH_BENCHMARK_IMAGE,
 * BERTH_BENCHMARK_SHELL_IMAGE and BERTH_BENCHMARK_REGISTRY.
 */
export function readOptions(defaults: {
  readonly rounds: number
  readonly count?: number
}): BenchmarkOptions {
  const { values } = parseArgs({
    // `pnpm run x -- --rounds 5` hands the dashes on
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      image: { type: 'string' },
      'shell-image': { type: 'string' },
      only: { type: 'string', multiple: true },
      registry: { type: 'string' },
      count: { type: 'string' },
    },
  })
  return {
    rounds: positive('--rounds', values.rounds ?? String(defaults.rounds)),
    seed: positive('--seed', values.seed ?? String(1 + Math.floor(Math.random() * 2 ** 31))),
    image: values.image ?? (process.env.BERTH_BENCHMARK_IMAGE || 'nginx'),
    shellImage: values['shell-image'] ?? (process.env.BERTH_BENCHMARK_SHELL_IMAGE || 'busybox'),
    only: values.only?.flatMap((names) => names.split(',')) ?? [],
    registry: values.registry ?? (process.env.BERTH_BENCHMARK_REGISTRY || undefined),
    count: positive('--count', values.count ?? String(defaults.count ?? 1)),
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} must be a whole number above 0, not ${text}`)
  return value
}
