import type { Renewal } from '../contract/adapter.ts'

/** The longest delay that a timer takes; a longer one would fire at once. */
const LONGEST_TIMER_IN_MS = 2 ** 31 - 1

/** A run whose lease this process keeps alive. */
export interface HeldLease {
  readonly ref: string
  /** Called with each new end. */
  renewed(expiresAt: Date): void
}

/** Renews the leases of all runs that this process holds, in one call a round, at a third of the lease's length. */
export class LeaseKeeper {
  readonly #lengthInMs: number
  readonly #renew: (renewals: readonly Renewal[], signal: AbortSignal) => Promise<void>
  readonly #held = new Map<string, HeldLease>()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined

  /** The signal given to `renew` ends a round that does not answer, while there is time for others. */
  constructor(
    lengthInMs: number,
    renew: (renewals: readonly Renewal[], signal: AbortSignal) => Promise<void>,
  ) {
    this.#lengthInMs = lengthInMs
    this.#renew = renew
  }

  hold(lease: HeldLease): void {
    this.#held.set(lease.ref, lease)
    this.#schedule(this.#lengthInMs / 3)
  }

  /** Renews it no more; gives back what was held. */
  release(ref: string): HeldLease | undefined {
    const lease = this.#held.get(ref)
    this.#held.delete(ref)
    if (this.#held.size === 0) {
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    return lease
  }

  /** Resolves when no renewal is under way: what is then written to a lease that was released is the last word. */
  async settled(): Promise<void> {
    await this.#round
  }

  #schedule(inMs: number): void {
    if (this.#timer !== undefined || this.#round !== undefined || this.#held.size === 0) return
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#round = this.#renewAll().then((pauseInMs) => {
          this.#round = undefined
          this.#schedule(pauseInMs)
        })
      },
      Math.min(inMs, LONGEST_TIMER_IN_MS),
    )
    // A lease must not keep a process alive that has nothing else to do: then its scope has ended.
    this.#timer.unref()
  }

  /** One round; gives the pause until the next. */
  async #renewAll(): Promise<number> {
    const leases = [...this.#held.values()]
    const expiresAt = new Date(Date.now() + this.#lengthInMs)
    const limit = AbortSignal.timeout(Math.min(Math.ceil(this.#lengthInMs / 3), LONGEST_TIMER_IN_MS))
    try {
      await this.#renew(
        leases.map(({ ref }) => ({ ref, expiresAt })),
        limit,
      )
      for (const lease of leases) if (this.#held.get(lease.ref) === lease) lease.renewed(expiresAt)
      return this.#lengthInMs / 3
    } catch {
      // Something of the lease is left: try again soon, and often.
      return this.#lengthInMs / 12
    }
  }
}
