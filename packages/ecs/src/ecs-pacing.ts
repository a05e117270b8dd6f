import type { Pacing } from '@berth/core'
import type { EcsQuotas } from './ecs-options.ts'

/** What the services count, each by itself. */
export type EcsLimit =
  | 'runs'
  | 'changes'
  | 'definitions'
  | 'deletions'
  | 'definition-reads'
  | 'reads'
  | 'clusters'
  | 'cluster-reads'
  | 'tags'
  | 'network'
  | 'network-changes'
  | 'logs'
  | 'log-reads'
  | 'log-writes'
  | 'roles'

/** How much of what the services allow is used. */
const MARGIN = 0.9

/** The services' token buckets for an account in a region: as documented, and where they are not, cautious. */
export function ecsPacing({
  runsASecond = 20,
  changesASecond = 40,
  definitionsASecond = 1,
  readsASecond = 20,
  logReadsASecond = 25,
}: EcsQuotas = {}): Pacing {
  const limits = {
    // The smallest of all: half of what it takes at once, for several can be late together.
    runs: { burst: Math.max(1, runsASecond / 2), refillPerSecond: runsASecond * MARGIN },
    changes: bucket(100, changesASecond),
    definitions: bucket(20, definitionsASecond),
    deletions: bucket(5, definitionsASecond),
    'definition-reads': bucket(50, readsASecond),
    reads: bucket(100, readsASecond),
    clusters: bucket(20, definitionsASecond),
    'cluster-reads': bucket(50, readsASecond),
    // Nobody says how many; renewals are many, and few at once.
    tags: bucket(20, 10),
    network: bucket(100, readsASecond),
    'network-changes': bucket(50, 5),
    logs: bucket(25, logReadsASecond),
    'log-reads': bucket(10, Math.max(10, logReadsASecond - 15)),
    'log-writes': bucket(10, Math.max(10, logReadsASecond - 15)),
    roles: bucket(20, 10),
  } as const satisfies Record<EcsLimit, unknown>
  return {
    // So many tasks one DescribeTasks may name.
    batchSize: 100,
    startIntervalInMs: 1_000,
    steadyIntervalInMs: 10_000,
    limits,
    concurrentCreates: 100,
  }
}

/**
 * An account whose limit was raised has a larger bucket too. A little less than there is: calls that leave one after the other may arrive
 * together.
 */
function bucket(burst: number, refillPerSecond: number) {
  return {
    burst: Math.max(1, Math.floor(Math.max(burst, refillPerSecond) * MARGIN)),
    refillPerSecond: refillPerSecond * MARGIN,
  }
}
