import {
  BerthError,
  type Capabilities,
  type ContainerRun,
  type ContainerSpec,
  type Provider,
} from '@berth/core'

const FIRST_SEED = Number(process.env.BERTH_FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** What many starts came to on a service in trouble. */
export interface FaultyStarts<C extends Capabilities> {
  readonly ready: readonly ContainerRun<C>[]
  /** The codes of those that failed. */
  readonly codes: readonly string[]
  /** What errors have named as left behind; more may come when the ready ones are removed. */
  readonly left: string[]
}

/** Each round has a service of its own: 300 starts, by BERTH_FAULT_ROUNDS=8, take some minutes. BERTH_FAULT_SEED repeats one. */
export const FAULT_SEEDS: readonly number[] = Array.from(
  { length: Number(process.env.BERTH_FAULT_ROUNDS ?? 1) },
  (_, round) => FIRST_SEED + round,
)

/** What a start may end with where the service is in trouble. */
export const TROUBLE: ReadonlySet<string> = new Set(['capacity', 'rate-limited', 'unavailable', 'quota'])

/** Starts runs of an HTTP server at once, asks each that is ready for its page, and removes each that is not, or notes what its error names. Throws what is no BerthError. */
export async function startUnderFaults<C extends Capabilities>(
  provider: Provider<C>,
  spec: ContainerSpec<C>,
  count: number,
): Promise<FaultyStarts<C>> {
  const ready: ContainerRun<C>[] = []
  const codes: string[] = []
  const left: string[] = []
  await Promise.all(
    Array.from({ length: count }, async () => {
      let run: ContainerRun<C> | undefined
      try {
        run = await provider.run(spec)
        await run.ready({ timeout: '2m' })
        await askForPage(run.url ?? '')
        ready.push(run)
      } catch (error) {
        codes.push(noted(error, left).code)
        await run?.remove().catch((failed: unknown) => noted(failed, left))
      }
    }),
  )
  return { ready, codes, left }
}

/** Removes what became ready; what cannot be removed its error names. */
export async function removeUnderFaults<C extends Capabilities>({
  ready,
  left,
}: FaultyStarts<C>): Promise<void> {
  await Promise.all(ready.map((run) => run.remove().catch((error: unknown) => noted(error, left))))
}

function noted(error: unknown, left: string[]): BerthError {
  if (!BerthError.isInstance(error)) throw error
  left.push(...(error.evidence.left ?? []))
  return error
}

async function askForPage(url: string): Promise<void> {
  const text = await (await fetch(url)).text()
  if (!text.includes('hello')) throw new Error(`${url} answered ${text}`)
}

/** What somebody answers who asks besides: the faults of a test strike whoever asks. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
