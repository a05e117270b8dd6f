import type { Renewal, Renewed } from '../contract/adapter.ts'

/** Timers stand still while a machine sleeps, leases do not: the wall clock is looked at so often. */
const LOOK_EVERY_MS = 10_000
/** The longest delay that a timer takes; a longer one would fire at once. */
const LONGEST_TIMER_IN_MS = 2 ** 31 - 1

/** A run whose lease this process keeps alive. */
export interface HeldLease {
  readonly ref: string
  /** Called with each new end. */
  renewed(expiresAt: Date): void
}

/** When the next round is due, by the clock that stands still in sleep and by the one that can be set; the first of them counts. */
interface Due {
  readonly monotonic: number
  readonly wall: number
}

/** Renews the leases of all runs that this process holds, in one call a round, at a third of the lease's length. */
export class LeaseKeeper {
  readonly #lengthInMs: number
  readonly #renew: (renewals: readonly Renewal[], signal: AbortSignal) => Promise<readonly Renewed[]>
  readonly #held = new Map<string, HeldLease>()
  #timer: NodeJS.Timeout | undefined
  #due: Due | undefined
  #round: Promise<void> | undefined

  /** The signal given to `renew` ends a round that does not answer, while there is time for others. */
  constructor(
    lengthInMs: number,
    renew: (renewals: readonly Renewal[], signal: AbortSignal) => Promise<readonly Renewed[]>,
  ) {
    this.#lengthInMs = lengthInMs
    this.#renew = renew
  }

  /** @param leftInMs how much of the lease is left: one that is old already, after a long pull say, is renewed sooner */
  hold(lease: HeldLease, leftInMs = this.#lengthInMs): void {
    this.#held.set(lease.ref, lease)
    this.#schedule(Math.max(0, leftInMs - (this.#lengthInMs * 2) / 3))
  }

  /** Renews it no more; gives back what was held. */
  release(ref: string): HeldLease | undefined {
    const lease = this.#held.get(ref)
    this.#held.delete(ref)
    if (this.#held.size === 0) this.#rest()
    return lease
  }

  /** Resolves when no renewal is under way: what is then written to a lease that was released is the last word. */
  async settled(): Promise<void> {
    await this.#round
  }

  /** Renews nothing more. */
  close(): void {
    this.#held.clear()
    this.#rest()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#due = undefined
  }

  #schedule(inMs: number): void {
    if (this.#round !== undefined || this.#held.size === 0) return
    const monotonic = performance.now() + inMs
    if (this.#due !== undefined && this.#due.monotonic <= monotonic) return
    this.#due = { monotonic, wall: Date.now() + inMs }
    this.#arm(this.#due)
  }

  #arm(due: Due): void {
    clearTimeout(this.#timer)
    const leftInMs = Math.max(0, due.monotonic - performance.now())
    this.#timer = setTimeout(() => this.#look(due), Math.min(leftInMs, LOOK_EVERY_MS))
    // A lease must not keep a process alive that has nothing else to do: then its scope has ended.
    this.#timer.unref()
  }

  #look(due: Due): void {
    if (performance.now() < due.monotonic && Date.now() < due.wall) {
      this.#arm(due)
      return
    }
    this.#rest()
    this.#round = this.#renewAll().then((pauseInMs) => {
      this.#round = undefined
      this.#schedule(pauseInMs)
    })
  }

  /** One round; gives the pause until the next. */
  async #renewAll(): Promise<number> {
    const leases = [...this.#held.values()]
    const expiresAt = new Date(Date.now() + this.#lengthInMs)
    const limit = AbortSignal.timeout(Math.min(Math.ceil(this.#lengthInMs / 3), LONGEST_TIMER_IN_MS))
    try {
      const renewals = leases.map(({ ref }) => ({ ref, expiresAt }))
      const outcomes = new Map((await this.#renew(renewals, limit)).map(({ ref, outcome }) => [ref, outcome]))
      for (const lease of leases) {
        if (this.#held.get(lease.ref) !== lease) continue
        if (outcomes.get(lease.ref) === 'renewed') lease.renewed(expiresAt)
        if (outcomes.get(lease.ref) === 'gone') this.release(lease.ref)
      }
      const allDone = leases.every(({ ref }) => ['renewed', 'gone'].includes(outcomes.get(ref) ?? ''))
      return allDone ? this.#lengthInMs / 3 : this.#lengthInMs / 12
    } catch {
      // Something of the lease is left: try again soon, and often.
      return this.#lengthInMs / 12
    }
  }
}
