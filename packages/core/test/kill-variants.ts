import type { SweepReport } from '../src/index.ts'
import { killAtRandom, runProgram, seededRandom } from './kill-at-random.ts'

/** What is killed how often. */
export interface Killing {
  /** A program whose last word chooses its variant, as `startUntilKilled` reads it. */
  readonly script: URL
  /** The variants, taken in turn, each with the length of the part of it in which a moment is chosen, in ms. */
  readonly variants: Readonly<Record<string, number>>
  readonly moments: number
  readonly seed: number
  readonly concurrency: number
}

/** Kills such programs with SIGKILL, each at a random moment of a start. Gives the story, for whoever has to repeat it. */
export async function killVariants({
  script,
  variants,
  moments,
  seed,
  concurrency,
}: Killing): Promise<string> {
  const inTurn = Object.entries(variants)
  const kills = await killAtRandom(
    Array.from({ length: moments }, (_, index) => {
      const [variant = '', withinInMs = 0] = inTurn[index % inTurn.length] ?? []
      return { script, args: [variant], withinInMs }
    }),
    { random: seededRandom(seed), concurrency },
  )
  return `seed ${seed}: ${kills.map(({ args, atInMs }) => `${args[0]} at ${atInMs} ms`).join(', ')}`
}

/** Has two programs sweep beside each other. Gives what they could not remove. */
export async function sweepTwiceAtOnce(sweeper: URL): Promise<SweepReport['failed']> {
  const reports = await Promise.all([1, 2].map(() => runProgram(sweeper, [])))
  return reports.flatMap((report) => (JSON.parse(report) as SweepReport).failed)
}

/** What a sweep has removed although its lease was not over and its owner not known to be gone. */
export function removedTooEarly({ removed }: SweepReport): SweepReport['removed'] {
  return removed.filter(
    ({ expiresAt, reason }) => !reason.includes('is gone') && (expiresAt?.getTime() ?? 0) > Date.now(),
  )
}
