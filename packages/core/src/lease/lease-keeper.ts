import type { Renewal } from '../contract/adapter.ts'

/** A run whose lease this process keeps alive. */
export interface HeldLease {
  readonly ref: string
  /** Called with each new end. */
  renewed(expiresAt: Date): void
}

/** Renews the leases of all runs that this process holds, in one call a round, at a third of the lease's length. */
export class LeaseKeeper {
  readonly #lengthInMs: number
  readonly #renew: (renewals: readonly Renewal[]) => Promise<void>
  readonly #held = new Map<string, HeldLease>()
  #timer: NodeJS.Timeout | undefined

  constructor(lengthInMs: number, renew: (renewals: readonly Renewal[]) => Promise<void>) {
    this.#lengthInMs = lengthInMs
    this.#renew = renew
  }

  hold(lease: HeldLease): void {
    this.#held.set(lease.ref, lease)
    this.#schedule(this.#lengthInMs / 3)
  }

  release(ref: string): void {
    this.#held.delete(ref)
    if (this.#held.size === 0) {
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  #schedule(inMs: number): void {
    if (this.#timer !== undefined || this.#held.size === 0) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#renewAll()
    }, inMs)
    // A lease must not keep a process alive that has nothing else to do: then its scope has ended.
    this.#timer.unref()
  }

  async #renewAll(): Promise<void> {
    const leases = [...this.#held.values()]
    const expiresAt = new Date(Date.now() + this.#lengthInMs)
    try {
      await this.#renew(leases.map(({ ref }) => ({ ref, expiresAt })))
      for (const lease of leases) lease.renewed(expiresAt)
      this.#schedule(this.#lengthInMs / 3)
    } catch {
      // Two thirds of the lease are left: try again soon, and often.
      this.#schedule(this.#lengthInMs / 12)
    }
  }
}
