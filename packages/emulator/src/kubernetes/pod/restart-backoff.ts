const FIRST_IN_MS = 10_000
const MOST_IN_MS = 300_000
const FORGIVEN_AFTER_MS = 600_000

/** How long a node waits before it starts a container again: not at all at first, then 10 s, and twice as long each time, up to 5 minutes. */
export class RestartBackoff {
  #ends = 0

  /** The wait after the end of an instance that ran for so long; emulated durations. */
  next(ranForInMs: number): number {
    if (ranForInMs >= FORGIVEN_AFTER_MS) this.#ends = 0
    this.#ends += 1
    if (this.#ends === 1) return 0
    return Math.min(MOST_IN_MS, FIRST_IN_MS * 2 ** (this.#ends - 2))
  }
}
