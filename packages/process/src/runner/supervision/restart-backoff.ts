import type { ContainerRecord, Termination } from '../group-record.ts'

const firstPauseInMs = 100
const longestPauseInMs = 60_000
const steadyAfterInUs = 10_000_000

/** Decides whether a container that ended starts again, and after which pause: doubled each time, as Docker does. */
export class RestartBackoff {
  readonly #record: ContainerRecord
  #pauseInMs = firstPauseInMs
  #restarts = 0

  constructor(record: ContainerRecord) {
    this.#record = record
  }

  /** The pause before the next start; null when there is none. */
  next(termination: Termination): number | null {
    const { restartPolicy, restartLimit } = this.#record
    const failed = termination.exitCode !== 0
    if (restartPolicy === 'never' || (restartPolicy === 'on-failure' && !failed)) return null
    // It cannot begin to run by being tried again.
    if (termination.reason === 'start-failed') return null
    if (restartPolicy === 'on-failure' && restartLimit !== null && this.#restarts >= restartLimit) return null
    this.#restarts++
    const ranInUs = (termination.finishedAtInUs ?? 0) - (termination.startedAtInUs ?? 0)
    if (ranInUs >= steadyAfterInUs) this.#pauseInMs = firstPauseInMs
    const pauseInMs = this.#pauseInMs
    this.#pauseInMs = Math.min(pauseInMs * 2, longestPauseInMs)
    return pauseInMs
  }
}
