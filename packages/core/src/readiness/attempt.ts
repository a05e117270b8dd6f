import type { Address } from '../contract/address.ts'
import type { Instant } from '../contract/evidence.ts'

/** How one attempt ended. */
export interface AttemptEnd {
  readonly at: Instant
  /** `silent` proves nothing: no route, no name, no answer. */
  readonly outcome: 'success' | 'failure' | 'silent'
  /** `GET http://127.0.0.1:32768/ answered 503`. */
  readonly words: string
  /** Whether the connection itself was refused. */
  readonly refused: boolean
  /** Whether the other side said anything. Where not, nobody was there to say it. */
  readonly spoke: boolean
}

/** Hears of one attempt; nothing after it was aborted. */
export interface AttemptListener {
  /** The other side has taken the connection, just now. */
  connected(): void
  ended(end: AttemptEnd): void
}

/** An attempt under way. */
export interface Attempt {
  abort(): void
}

/** Sends one attempt to an address. In the background it does not keep the process alive. */
export type SendAttempt = (address: Address, listener: AttemptListener, background?: boolean) => Attempt
