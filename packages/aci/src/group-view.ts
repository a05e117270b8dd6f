import type { Observation } from '@berth/core'

/** What is remembered of one run between two looks. */
export interface GroupView {
  readonly phase: Observation['phase']
  /** Whether the group is to have an address, and whether it has one. */
  readonly wantsAddress: boolean
  readonly hasAddress: boolean
  /** Whether the main container was seen to run, or to have ended. */
  readonly hasStarted: boolean
  /** When it was first seen, and when it was last asked for by itself, on the monotonic clock. */
  readonly firstSeenAt: number
  readonly askedAt: number | undefined
  /** When it was first seen that the service had finished making it. */
  readonly settledAt: number | undefined
  /** Where its creating call can be asked how it went; known to whoever made it. */
  readonly operation: string | undefined
  /** Whether the operation has told why it failed. */
  readonly isFailed: boolean
}
