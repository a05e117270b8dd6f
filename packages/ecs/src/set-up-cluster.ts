import { BerthError, type CallContext, type SetupItem } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { toTags } from './ecs-tags.ts'
import { findCluster, TASK_ROLE_TAG } from './find-foundation.ts'
import { SETUP_TAG } from './open-ports.ts'

/** Makes the cluster, with spare capacity to be had in it. */
export async function setUpCluster(account: EcsAccount, context: CallContext): Promise<SetupItem> {
  const { cluster } = account.place
  const name = `cluster ${cluster}`
  const found = await findCluster(account, context)
  if (found !== undefined) return { name, outcome: 'there', detail: found.clusterArn ?? '' }
  if (cluster.startsWith('arn:')) {
    throw new BerthError({
      code: 'not-found',
      message: `${cluster} is not there, and one of that ARN cannot be made; name it by its name in BERTH_ECS_CLUSTER or ecs({ cluster })`,
    })
  }
  const { output } = await callEcs(account, context, 'CreateCluster', 'clusters', (ecs, options) =>
    ecs.createCluster(
      {
        clusterName: cluster,
        capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        tags: toTags({ [SETUP_TAG]: SETUP_NAME }),
      },
      options,
    ),
  )
  return { name, outcome: 'made', detail: output.cluster?.clusterArn ?? '' }
}

/** Tells all who use the cluster which role its tasks can have. */
export async function tagTaskRole(account: EcsAccount, role: string, context: CallContext): Promise<void> {
  const cluster = await findCluster(account, context)
  const isTold = cluster?.tags?.some(({ key, value }) => key === TASK_ROLE_TAG && value === role)
  if (cluster?.clusterArn === undefined || isTold) return
  await callEcs(account, context, 'TagResource', 'tags', (ecs, options) =>
    ecs.tagResource({ resourceArn: cluster.clusterArn, tags: toTags({ [TASK_ROLE_TAG]: role }) }, options),
  )
}
