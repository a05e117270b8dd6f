import { realNow } from '../clock/real-time.ts'

export interface BucketSize {
  /** How many calls a full one admits at once. */
  readonly capacity: number
  /** How many more a second, emulated. */
  readonly refillPerSecond: number
}

/** Admits bursts up to its capacity, and a steady rate. */
export class TokenBucket {
  readonly #capacity: number
  readonly #refillPerMs: number
  #tokens: number
  #at = realNow()

  constructor({ capacity, refillPerSecond }: BucketSize, timeScale: number) {
    this.#capacity = capacity
    this.#refillPerMs = (refillPerSecond / 1_000) * timeScale
    this.#tokens = capacity
  }

  /** Takes one where there is one. */
  take(): { readonly admitted: boolean; readonly remaining: number; readonly waitInMs: number } {
    const now = realNow()
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#at) * this.#refillPerMs)
    this.#at = now
    if (this.#tokens < 1) {
      return { admitted: false, remaining: 0, waitInMs: (1 - this.#tokens) / this.#refillPerMs }
    }
    this.#tokens -= 1
    return { admitted: true, remaining: Math.floor(this.#tokens), waitInMs: 0 }
  }
}
