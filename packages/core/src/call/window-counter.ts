import type { WindowLimit } from '../contract/adapter.ts'
import { delay } from './delay.ts'
import { untilAborted } from './until-aborted.ts'

/** The cloud's count of calls within a sliding window, kept on our side so that it never refuses one. First come, first served. */
export class WindowCounter {
  readonly #limit: WindowLimit
  /** When the calls within the window were let go, oldest first. */
  readonly #passed: number[] = []
  #queue: Promise<void> = Promise.resolve()

  constructor(limit: WindowLimit) {
    this.#limit = limit
  }

  /** Resolves when a call may go. An abort ends the wait wherever in the line it is. */
  take(signal: AbortSignal): Promise<void> {
    const turn = this.#queue.then(() => this.#takeNext(signal))
    this.#queue = turn.catch(() => {})
    return untilAborted(turn, signal)
  }

  async #takeNext(signal: AbortSignal): Promise<void> {
    const { most, withinInMs } = this.#limit
    const [oldest = 0] = this.#passed
    const now = performance.now()
    if (this.#passed.length >= most && now < oldest + withinInMs) {
      await delay(oldest + withinInMs - now, signal)
    }
    signal.throwIfAborted()
    if (this.#passed.length >= most) this.#passed.shift()
    this.#passed.push(performance.now())
  }
}
