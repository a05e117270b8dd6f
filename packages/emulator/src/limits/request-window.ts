import { realNow } from '../clock/real-time.ts'

/** At most so many requests within any stretch of time of one length. */
export class RequestWindow {
  readonly #limit: number
  readonly #lengthInMs: number
  #admitted: number[] = []

  /** `lengthInMs` is real: the caller has applied the time scale. */
  constructor(limit: number, lengthInMs: number) {
    this.#limit = limit
    this.#lengthInMs = lengthInMs
  }

  /** How many more would be let in now. */
  get remaining(): number {
    const since = realNow() - this.#lengthInMs
    this.#admitted = this.#admitted.filter((at) => at > since)
    return Math.max(0, this.#limit - this.#admitted.length)
  }

  /** How long until one is let in; 0 where one is now. Real milliseconds. */
  get waitInMs(): number {
    if (this.remaining > 0) return 0
    const next = this.#admitted[this.#admitted.length - this.#limit] ?? realNow()
    return Math.max(1, next + this.#lengthInMs - realNow())
  }

  admit(): void {
    this.#admitted.push(realNow())
  }
}
