import { type CallContext, type CheckItem, looked } from '@berth/core'
import { checkCluster } from './check-cluster.ts'
import { checkLogGroup } from './check-log-group.ts'
import { checkNetwork } from './check-network.ts'
import { checkRoles } from './check-roles.ts'
import type { EcsAccount } from './ecs-account.ts'
import { mapEcsError } from './map-ecs-error.ts'

const REST = ['cluster', 'execution role', 'task role', 'network', 'log group']

/** What must be right for the account to serve, each with its mend. What stands on something that failed is skipped. */
export async function checkEcs(account: EcsAccount, context: CallContext): Promise<readonly CheckItem[]> {
  const place = await looked(context, 'place', mapEcsError, async () => {
    const { cluster, logGroup } = account.place
    return {
      status: 'ok',
      detail: `cluster ${cluster} in ${await account.region()}, output in ${logGroup}${account.place.setup ? ', made where it is missing' : ''}`,
    }
  })
  if (place.status !== 'ok') return [place, ...skipped('no region is named', 'credentials', ...REST)]
  const credentials = await looked(context, 'credentials', mapEcsError, async () => {
    const startedAt = performance.now()
    const { accessKeyId } = await (await account.aws.ecs()).config.credentials()
    const took = Math.round(performance.now() - startedAt)
    return { status: 'ok', detail: `access key ${accessKeyId.slice(0, 4)}…, found within ${took} ms` }
  })
  if (credentials.status !== 'ok') return [place, credentials, ...skipped('nobody is signed in', ...REST)]
  const cluster = await checkCluster(account, context)
  const others = await Promise.all([
    checkRoles(account, context),
    checkNetwork(account, context),
    checkLogGroup(account, context),
  ])
  return [place, credentials, cluster, ...others.flat()]
}

function skipped(why: string, ...names: readonly string[]): CheckItem[] {
  return names.map((name) => ({ name, status: 'skipped', detail: why }))
}
