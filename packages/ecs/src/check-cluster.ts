import { type CallContext, type CheckItem, looked } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { findCluster } from './find-foundation.ts'
import { mapEcsError } from './map-ecs-error.ts'

/** Whether the cluster is there, and whether spare capacity can be had in it. */
export async function checkCluster(account: EcsAccount, context: CallContext): Promise<CheckItem> {
  return await looked(context, 'cluster', mapEcsError, async () => {
    const { cluster: name } = account.place
    const cluster = await findCluster(account, context)
    if (cluster === undefined) {
      return {
        status: 'failed',
        detail: `there is no cluster ${name} in ${await account.region()}`,
        mend: 'berth doctor ecs --fix',
      }
    }
    const { clusterArn, runningTasksCount = 0, pendingTasksCount = 0, capacityProviders = [] } = cluster
    const hasSpot = capacityProviders.includes('FARGATE_SPOT')
    return {
      status: 'ok',
      detail: `${clusterArn}: ${runningTasksCount} tasks run, ${pendingTasksCount} start; ${hasSpot ? 'spot can be had' : 'no spot'}`,
    }
  })
}
