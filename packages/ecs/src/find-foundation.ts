import type { Cluster } from '@aws-sdk/client-ecs'
import { BerthError, type CallContext } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { shared } from './shared.ts'

/** What all runs stand on, apart from the network. */
export interface Foundation {
  readonly clusterArn: string
  readonly executionRoleArn: string
  /** Undefined where tasks have no role: then no command can be run in them. */
  readonly taskRoleArn: string | undefined
}

/** The tag of a cluster by which a set-up tells the role that it has made for tasks. */
export const TASK_ROLE_TAG = 'berth-task-role'

/** Looks for the cluster, which tells the account too; once found it is not asked for again. Throws `not-found` where there is none. */
export async function findFoundation(account: EcsAccount, context: CallContext): Promise<Foundation> {
  return await shared(account.foundations, 'foundation', context, async () => {
    const cluster = await findCluster(account, context)
    if (cluster === undefined) throw await noCluster(account)
    return foundationOf(account, cluster)
  })
}

/** The cluster, where it is there and takes tasks. */
export async function findCluster(account: EcsAccount, context: CallContext): Promise<Cluster | undefined> {
  const { cluster } = account.place
  const { output } = await callEcs(account, context, 'DescribeClusters', 'cluster-reads', (ecs, options) =>
    ecs.describeClusters({ clusters: [cluster], include: ['TAGS'] }, options),
  )
  return output.clusters?.find(({ status }) => status === 'ACTIVE' || status === 'PROVISIONING')
}

export function foundationOf({ place }: EcsAccount, cluster: Cluster): Foundation {
  const clusterArn = cluster.clusterArn ?? ''
  const made = cluster.tags?.find(({ key }) => key === TASK_ROLE_TAG)?.value
  const taskRole = place.taskRole ?? made
  return {
    clusterArn,
    executionRoleArn: roleArn(place.executionRole, clusterArn),
    taskRoleArn: taskRole && roleArn(taskRole, clusterArn),
  }
}

/** A role's ARN from its name: it is in the account of the cluster. */
function roleArn(nameOrArn: string, clusterArn: string): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn
  const [, partition = 'aws', , , accountId = ''] = clusterArn.split(':')
  return `arn:${partition}:iam::${accountId}:role/${nameOrArn}`
}

async function noCluster(account: EcsAccount): Promise<BerthError> {
  const { cluster } = account.place
  return new BerthError({
    code: 'not-found',
    message: `there is no cluster '${cluster}' in ${await account.region()}: make it and all else that runs need with berth doctor ecs --fix, or aws ecs create-cluster --cluster-name ${cluster}, or name another: BERTH_ECS_CLUSTER, ecs({ cluster })`,
  })
}
