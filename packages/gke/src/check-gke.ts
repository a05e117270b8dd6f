import { type Adapter, type CallContext, type CheckItem, looked } from '@berth/core'
import { chooseEndpoint, clusterWords } from './choose-endpoint.ts'
import { projectOf } from './find-cluster.ts'
import type { GkeAccount } from './gke-account.ts'
import { mapGkeError } from './map-gke-error.ts'
import { openCluster } from './open-cluster.ts'

/** The names of what the cluster itself is asked, among what Google is asked. */
const OF_THE_CLUSTER: Readonly<Record<string, string>> = { cluster: 'API server', credentials: 'access' }
const REST = ['API server', 'access', 'namespace', 'permissions']

/** What must be right for a cluster to serve, each with its mend. What stands on something that failed is skipped. */
export async function checkGke(
  account: GkeAccount,
  kubernetes: Adapter,
  context: CallContext,
): Promise<readonly CheckItem[]> {
  const credentials = await looked(context, 'credentials', mapGkeError, async () => {
    const startedAt = performance.now()
    await account.signIn.token()
    return {
      status: 'ok',
      detail: `a token was given within ${Math.round(performance.now() - startedAt)} ms`,
    }
  })
  if (credentials.status !== 'ok')
    return [credentials, ...skipped('nobody is signed in', 'project', 'cluster', ...REST)]
  const project = await looked(context, 'project', mapGkeError, async () => ({
    status: 'ok',
    detail: `${await projectOf(account)}, by ${account.api.address}`,
  }))
  if (project.status !== 'ok')
    return [credentials, project, ...skipped('no project is named', 'cluster', ...REST)]
  const cluster = await looked(context, 'cluster', mapGkeError, async () => {
    const found = await openCluster(account, context)
    const { server } = chooseEndpoint(found, account.access, account.signIn.token)
    return {
      status: 'ok',
      detail: `${clusterWords(found)}, ${found.versionText}, ${found.status}, at ${server}`,
    }
  })
  if (cluster.status !== 'ok')
    return [credentials, project, cluster, ...skipped('there is no cluster to ask', ...REST)]
  const items = await kubernetes.check(context)
  return [
    credentials,
    project,
    cluster,
    ...items.map((item) => ({ ...item, name: OF_THE_CLUSTER[item.name] ?? item.name })),
  ]
}

function skipped(why: string, ...names: readonly string[]): CheckItem[] {
  return names.map((name) => ({ name, status: 'skipped', detail: why }))
}
