import type { Pacing } from '@berth/core'

/** What the service counts, each by itself. */
export type AciLimit = 'creates' | 'deletes' | 'reads' | 'writes'

const PER_HOUR = 1 / 3_600
const PER_FIVE_MINUTES = 1 / 300

/**
 * Container groups: 300 creations an hour and 100 in 5 minutes, and as many deletions (the service's documented quotas). The Resource
 * Manager in front of it: 250 reads at once and 25 a second, 200 writes and 10 a second (its token buckets for a subscription).
 */
const LIMITS = {
  creates: [
    { burst: 100, refillPerSecond: 100 * PER_FIVE_MINUTES },
    { burst: 300, refillPerSecond: 300 * PER_HOUR },
  ],
  deletes: [
    { burst: 100, refillPerSecond: 100 * PER_FIVE_MINUTES },
    { burst: 300, refillPerSecond: 300 * PER_HOUR },
  ],
  reads: { burst: 250, refillPerSecond: 25 },
  writes: { burst: 200, refillPerSecond: 10 },
} as const satisfies Record<AciLimit, unknown>

export const ACI_PACING: Pacing = {
  // One list shows all runs of a resource group.
  batchSize: 10_000,
  startIntervalInMs: 2_000,
  steadyIntervalInMs: 10_000,
  limits: LIMITS,
  concurrentCreates: 100,
}
