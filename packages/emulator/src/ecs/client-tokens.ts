import { createHash } from 'node:crypto'
import type { EmulatedTime } from '../clock/emulated-time.ts'
import { realNow } from '../clock/real-time.ts'
import { conflict } from './ecs-errors.ts'
import type { Task } from './task.ts'

interface Used {
  readonly parameters: string
  /** Settles with the answer to the call that used it first. */
  readonly outcome: Promise<RunOutcome>
  readonly at: number
  tasks: readonly Task[]
}

/** What came of one RunTask. */
export interface RunOutcome {
  readonly tasks: readonly Task[]
  readonly failures: readonly { readonly reason: string }[]
  /** Those that were told as failures, and start all the same. */
  readonly later?: readonly Task[] | undefined
}

const LIVES_FOR_MS = 24 * 3_600_000
const AFTER_THE_TASK_MS = 3_600_000

/** The tokens that RunTask was given: the same call again is answered with the same tasks. */
export class ClientTokens {
  readonly #time: EmulatedTime
  readonly #used = new Map<string, Used>()

  constructor(time: EmulatedTime) {
    this.#time = time
  }

  /** Runs it once for each token of a cluster. Throws a conflict where the token was used for something else. */
  async once(
    { cluster, token, parameters }: { cluster: string; token: string | undefined; parameters: object },
    run: () => Promise<RunOutcome>,
  ): Promise<RunOutcome> {
    if (token === undefined) return run()
    const key = `${cluster} ${token}`
    const digest = createHash('sha256').update(canonical(parameters)).digest('hex')
    const known = this.#used.get(key)
    if (known && !this.#isOver(known)) {
      const { later = [], ...outcome } = await known.outcome
      const tasks = [...outcome.tasks, ...later]
      if (known.parameters !== digest) throw conflict(tasks.map(({ arn }) => arn))
      return { tasks, failures: later.length > 0 ? [] : outcome.failures }
    }
    const used: Used = { parameters: digest, outcome: run(), at: realNow(), tasks: [] }
    this.#used.set(key, used)
    try {
      const outcome = await used.outcome
      used.tasks = [...outcome.tasks, ...(outcome.later ?? [])]
      // What nothing came of may be tried again.
      if (used.tasks.length === 0) this.#used.delete(key)
      return outcome
    } catch (error) {
      this.#used.delete(key)
      throw error
    }
  }

  #isOver({ at, tasks }: Used): boolean {
    const now = realNow()
    if (now - at > this.#time.toReal(LIVES_FOR_MS)) return true
    const ends = tasks.map(({ endedAt }) => endedAt)
    return (
      ends.length > 0 && ends.every((end) => end !== null && now - end > this.#time.toReal(AFTER_THE_TASK_MS))
    )
  }
}

/** The same text for the same parameters, whatever their order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)))
      : one,
  )
}
