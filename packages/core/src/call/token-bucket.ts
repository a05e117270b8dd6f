import type { BucketLimit } from '../contract/adapter.ts'
import { delay } from './delay.ts'
import { untilAborted } from './until-aborted.ts'

/** The cloud's own token bucket, kept on our side so that we never run into it. First come, first served. */
export class TokenBucket {
  readonly #limit: BucketLimit
  #tokens: number
  #updatedAt = performance.now()
  #queue: Promise<void> = Promise.resolve()

  constructor(limit: BucketLimit) {
    this.#limit = limit
    this.#tokens = limit.burst
  }

  /** Resolves when a token was taken. An abort ends the wait wherever in the line it is. */
  take(signal: AbortSignal): Promise<void> {
    const turn = this.#queue.then(() => this.#takeNext(signal))
    this.#queue = turn.catch(() => {})
    return untilAborted(turn, signal)
  }

  async #takeNext(signal: AbortSignal): Promise<void> {
    this.#refill()
    if (this.#tokens < 1) {
      await delay(((1 - this.#tokens) / this.#limit.refillPerSecond) * 1_000, signal)
      this.#refill()
    }
    signal.throwIfAborted()
    this.#tokens -= 1
  }

  #refill(): void {
    const now = performance.now()
    const gained = ((now - this.#updatedAt) / 1_000) * this.#limit.refillPerSecond
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + gained)
    this.#updatedAt = now
  }
}
