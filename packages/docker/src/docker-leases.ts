import { type OwnershipTags, type Renewal, type Renewed, readOwnershipTags } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { volumeLabels } from './docker-labels.ts'
import { eachOf } from './each-of.ts'
import type { Volume } from './engine/index.ts'
import { mapDockerError } from './map-docker-error.ts'

/** How many runs' leases are renewed at once. */
const CONCURRENCY = 8

/**
 * Labels of a container cannot change, so each renewal leaves a record: a volume that holds nothing but labels. The newest one is the
 * run's lease; older ones are removed once it is there, so that there is one at every moment.
 *
 * Each has an outcome of its own.
 */
export async function renewLeases(
  host: DockerHost,
  renewals: readonly Renewal[],
  signal: AbortSignal,
): Promise<readonly Renewed[]> {
  const filters = { label: ['berth-run'] }
  const [containers, volumes] = await Promise.all([
    host.engine.containers.list({ all: true, filters, signal }),
    host.engine.volumes.list({ filters, signal }),
  ])
  const tagsByRef = new Map<string, OwnershipTags>()
  for (const { Labels } of containers) {
    const tags = readOwnershipTags(Labels)
    if (tags) tagsByRef.set(tags['berth-run'], tags)
  }
  const outcomes: Renewed[] = []
  await eachOf(renewals, CONCURRENCY, async (renewal) => {
    const { ref } = renewal
    const made = tagsByRef.get(ref)
    if (made === undefined) {
      outcomes.push({ ref, outcome: 'gone' })
      return
    }
    try {
      await renewLease(host, renewal, made, leaseRecords(volumes, ref), signal)
      outcomes.push({ ref, outcome: 'renewed' })
    } catch (error) {
      signal.throwIfAborted()
      outcomes.push({ ref, outcome: 'failed', error: mapDockerError(error, { ref }) })
    }
  })
  return outcomes
}

async function renewLease(
  { engine }: DockerHost,
  { ref, expiresAt, owner, lifetime }: Renewal,
  made: OwnershipTags,
  records: readonly Volume[],
  signal: AbortSignal,
): Promise<void> {
  const now = effectiveTags(made, records)
  const expires = expiresAt === null ? 'never' : String(Math.ceil(expiresAt.getTime() / 1_000))
  const tags: OwnershipTags = {
    ...now,
    'berth-expires': expires,
    'berth-owner': owner ?? now['berth-owner'],
    'berth-lifetime': lifetime ?? now['berth-lifetime'],
  }
  const renewedAt = Date.now()
  await engine.volumes.create(
    {
      // A name of its own each time: a volume that is there already keeps the labels that it has.
      Name: `berth-lease.${ref}.${expires}.${renewedAt}${Math.random().toString(36).slice(1, 8)}`,
      Labels: { ...volumeLabels(tags, 'lease'), 'berth-renewed': String(renewedAt) },
    },
    { signal },
  )
  // Only those that were there before it: of two that renew at once, each leaves the other's.
  await Promise.all(records.map(({ Name }) => engine.volumes.remove(Name, { signal })))
}

/** The records of one run's lease. */
export function leaseRecords(volumes: readonly Volume[], ref: string): readonly Volume[] {
  return volumes.filter(({ Labels }) => Labels?.['berth-role'] === 'lease' && Labels['berth-run'] === ref)
}

/** The tags as they are now: those of the newest record where there is one, else those the run was made with. */
export function effectiveTags(made: OwnershipTags, records: readonly Volume[]): OwnershipTags {
  const [newest] = [...records].sort((one, other) => compare(other, one))
  return { ...made, ...(newest && readOwnershipTags(newest.Labels)) }
}

/** By the engine's clock, to the second; within one by the clocks of those who renewed. */
function compare(one: Volume, other: Volume): number {
  const second = (volume: Volume) => Date.parse(volume.CreatedAt ?? '') || 0
  const renewed = (volume: Volume) => Number(volume.Labels?.['berth-renewed']) || 0
  return second(one) - second(other) || renewed(one) - renewed(other)
}
