import type { CallContext, Renewal, Renewed } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { isTaskId } from './ecs-names.ts'
import { toTags } from './ecs-tags.ts'
import { findFoundation } from './find-foundation.ts'
import { patiently } from './list-tasks.ts'
import { mapEcsError } from './map-ecs-error.ts'

/** Moves the ends of many leases: each is a tag of its task, set by a call of its own. */
export async function renewLeases(
  account: EcsAccount,
  renewals: readonly Renewal[],
  context: CallContext,
): Promise<readonly Renewed[]> {
  const { clusterArn } = await findFoundation(account, context)
  return await Promise.all(renewals.map((renewal) => renewLease(account, clusterArn, renewal, context)))
}

async function renewLease(
  account: EcsAccount,
  clusterArn: string,
  { ref, expiresAt, owner, lifetime }: Renewal,
  context: CallContext,
): Promise<Renewed> {
  if (!isTaskId(ref)) return { ref, outcome: 'gone' }
  const tags = toTags({
    'berth-expires': expiresAt === null ? 'never' : String(Math.ceil(expiresAt.getTime() / 1_000)),
    ...(owner !== undefined && { 'berth-owner': owner }),
    ...(lifetime !== undefined && { 'berth-lifetime': lifetime }),
  })
  try {
    await patiently(
      () =>
        callEcs(account, context, 'TagResource', 'tags', (ecs, options) =>
          ecs.tagResource({ resourceArn: taskArn(clusterArn, ref), tags }, options),
        ),
      context,
    )
    return { ref, outcome: 'renewed' }
  } catch (error) {
    context.signal.throwIfAborted()
    return isGone(error)
      ? { ref, outcome: 'gone' }
      : { ref, outcome: 'failed', error: mapEcsError(error, { ref }) }
  }
}

/** A task stands below its cluster. */
function taskArn(clusterArn: string, ref: string): string {
  return `${clusterArn.replace(':cluster/', ':task/')}/${ref}`
}

/** A task that has stopped takes no tags any more. */
function isGone(error: unknown): boolean {
  return (
    AwsError.isInstance(error) &&
    (error.code === 'ResourceNotFoundException' ||
      (error.code === 'InvalidParameterException' &&
        /not found|stopped|inactive|not exist/i.test(error.message)))
  )
}
