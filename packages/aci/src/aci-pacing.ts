import type { Pacing } from '@berth/core'
import type { AciQuotas } from './aci-options.ts'

/** What the service counts, each by itself. */
export type AciLimit = 'creates' | 'deletes' | 'reads' | 'writes'

const HOUR_IN_MS = 3_600_000
const FIVE_MINUTES_IN_MS = 300_000

/**
 * Container groups: 300 creations an hour and 100 in 5 minutes, and as many deletions (the service's documented quotas). The Resource
 * Manager in front of it: 250 reads at once and 25 a second, 200 writes and 10 a second (its token buckets for a subscription).
 */
export function aciPacing({
  createsAnHour = 300,
  createsIn5Minutes = 100,
  deletesAnHour = 300,
  deletesIn5Minutes = 100,
}: AciQuotas = {}): Pacing {
  const limits = {
    creates: [
      { most: createsIn5Minutes, withinInMs: FIVE_MINUTES_IN_MS },
      { most: createsAnHour, withinInMs: HOUR_IN_MS },
    ],
    deletes: [
      { most: deletesIn5Minutes, withinInMs: FIVE_MINUTES_IN_MS },
      { most: deletesAnHour, withinInMs: HOUR_IN_MS },
    ],
    reads: { burst: 250, refillPerSecond: 25 },
    writes: { burst: 200, refillPerSecond: 10 },
  } as const satisfies Record<AciLimit, unknown>
  return {
    // One list shows all runs of a resource group.
    batchSize: 10_000,
    // As core jitters it: a dozen calls for a start of 20 s, and its end is noticed within a second or so at the median.
    startIntervalInMs: 2_100,
    steadyIntervalInMs: 10_000,
    limits,
    concurrentCreates: 100,
  }
}
