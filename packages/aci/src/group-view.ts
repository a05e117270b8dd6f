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
  /** When this process ordered it, if it did, and whether any answer has shown it since. */
  readonly orderedAt: number | undefined
  readonly isVisible: boolean
  /** When this process told it to stop, having just seen it run. */
  readonly stopOrderedAt: number | undefined
  /** When it was first seen that the service had finished making it. */
  readonly settledAt: number | undefined
  /** Where its creating call can be asked how it went; known to whoever made it. */
  readonly operation: string | undefined
  /** Whether the operation has told why it failed. */
  readonly isFailed: boolean
}

/** An order may take so long to be seen by those who answer questions. */
const VISIBLE_WITHIN_MS = 60_000

/** Whether that a group is not there may only mean that it is not there yet. */
export function isJustOrdered(view: GroupView | undefined): boolean {
  if (view?.orderedAt === undefined || view.isVisible) return false
  return performance.now() - view.orderedAt < VISIBLE_WITHIN_MS
}
