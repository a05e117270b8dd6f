import type { BucketSize } from '../limits/token-bucket.ts'

/** How many calls EC2 admits for an account in a region. */
export interface Ec2Limits {
  /** Describing calls with a filter, ids or a page size. Default 100 at once, 20 a second. */
  readonly reads: BucketSize
  /** Creating, changing and deleting calls. Default 50 at once, 5 a second. */
  readonly writes: BucketSize
}

export const EC2_LIMITS: Ec2Limits = {
  reads: { capacity: 100, refillPerSecond: 20 },
  writes: { capacity: 50, refillPerSecond: 5 },
}
