import type { BucketSize } from '../limits/token-bucket.ts'

/** How many calls CloudWatch Logs admits for an account in a region, each operation by itself. */
export interface LogsLimits {
  /** GetLogEvents. Default 25 at once and a second. */
  readonly gets: BucketSize
  /** FilterLogEvents. Default 25 at once and a second. */
  readonly filters: BucketSize
  /** Describing calls. Default 10 at once and a second. */
  readonly describes: BucketSize
  /** Creating, changing and deleting calls. Default 10 at once and a second. */
  readonly writes: BucketSize
}

const A_SECOND = (calls: number): BucketSize => ({ capacity: calls, refillPerSecond: calls })

export const LOGS_LIMITS: LogsLimits = {
  gets: A_SECOND(25),
  filters: A_SECOND(25),
  describes: A_SECOND(10),
  writes: A_SECOND(10),
}

export function limitOf(operation: string, limits: LogsLimits): BucketSize {
  if (operation === 'GetLogEvents') return limits.gets
  if (operation === 'FilterLogEvents') return limits.filters
  return operation.startsWith('Describe') ? limits.describes : limits.writes
}
