import type { CallContext, SetupItem } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { findCluster, TASK_ROLE_TAG } from './find-foundation.ts'
import { IN_USE } from './in-use.ts'
import { findByDesire } from './list-tasks.ts'
import { SETUP_TAG } from './open-ports.ts'
import type { TeardownOptions } from './tear-down-ecs.ts'

/** Removes the cluster, or from one of somebody else's what a set-up has written on it. */
export async function tearDownCluster(
  account: EcsAccount,
  { dryRun }: TeardownOptions,
  context: CallContext,
): Promise<SetupItem[]> {
  const cluster = await findCluster(account, context)
  if (cluster === undefined) return []
  const { clusterArn = '', tags = [] } = cluster
  const name = `cluster ${account.place.cluster}`
  const running = await findByDesire(account, 'RUNNING', context)
  if (running.length > 0)
    return [{ name, outcome: 'kept', detail: `${IN_USE} by ${running.length} tasks; stop them first` }]
  if (!tags.some(({ key }) => key === SETUP_TAG)) {
    if (!dryRun && tags.some(({ key }) => key === TASK_ROLE_TAG)) {
      await callEcs(account, context, 'UntagResource', 'tags', (ecs, options) =>
        ecs.untagResource({ resourceArn: clusterArn, tagKeys: [TASK_ROLE_TAG] }, options),
      )
    }
    return [{ name, outcome: 'kept', detail: 'not made by a set-up' }]
  }
  try {
    if (!dryRun)
      await callEcs(account, context, 'DeleteCluster', 'clusters', (ecs, options) =>
        ecs.deleteCluster({ cluster: clusterArn }, options),
      )
    return [{ name, outcome: 'removed', detail: clusterArn }]
  } catch (error) {
    if (!AwsError.isInstance(error) || !/^ClusterContains/.test(error.code)) throw error
    return [{ name, outcome: 'kept', detail: `${IN_USE}: ${error.message}` }]
  }
}
