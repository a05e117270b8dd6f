import type { Capabilities } from '../contract/capabilities.ts'

/** What a plan needs to know besides the spec. */
export interface PlanContext {
  readonly capabilities: Capabilities
  /** The configured provider's name, for messages. */
  readonly providerName: string
  /** The idempotency token of this `run()`. Any text that is not empty. */
  readonly token: string
  /** The value of the tag `berth-owner`. */
  readonly owner: string
  /** How long a lease lasts before its first renewal: the adapter's `lease.lengthInMs`. */
  readonly leaseInMs: number
  /** When `run()` was called, in milliseconds since the epoch. Default: now. */
  readonly nowInMs?: number | undefined
}
