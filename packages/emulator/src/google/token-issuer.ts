import { randomBytes } from 'node:crypto'
import type { MachineClock } from '../clock/machine-clock.ts'

/** Gives out access tokens, and knows its own. They tell nothing to whoever looks into them, as Google's do. */
export class TokenIssuer {
  readonly #clock: MachineClock
  readonly #lifetimeInMs: number
  readonly #ends = new Map<string, number>()

  constructor({ clock, lifetimeInMs }: { readonly clock: MachineClock; readonly lifetimeInMs: number }) {
    this.#clock = clock
    this.#lifetimeInMs = lifetimeInMs
  }

  issue(): { readonly token: string; readonly lifetimeInSeconds: number } {
    const now = this.#clock.read()
    for (const [token, end] of this.#ends) if (end <= now) this.#ends.delete(token)
    const token = `ya29.emulated.${randomBytes(48).toString('base64url')}`
    this.#ends.set(token, now + this.#lifetimeInMs)
    return { token, lifetimeInSeconds: Math.floor(this.#lifetimeInMs / 1_000) }
  }

  /** Whether a token was given out here, and is still good. */
  knows(token: string): boolean {
    return (this.#ends.get(token) ?? 0) > this.#clock.read()
  }
}
