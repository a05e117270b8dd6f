import type { CallContext, CheckItem } from '@berth/core'
import { checkPermissions } from './check-permissions.ts'
import { ClusterConfigurationError } from './cluster/cluster-configuration-error.ts'
import { ClusterError } from './cluster/cluster-error.ts'
import type { ObjectList } from './cluster/metadata.ts'
import { call } from './kubernetes-calls.ts'
import { meaningOf } from './kubernetes-error-meaning.ts'
import type { KubernetesFlavour } from './kubernetes-flavour.ts'
import type { KubernetesHost } from './kubernetes-host.ts'

/** What must be right for a cluster to serve, each with its mend. What stands on something that failed is skipped. */
export async function checkKubernetes(
  host: KubernetesHost,
  context: CallContext,
): Promise<readonly CheckItem[]> {
  const cluster = await checkCluster(host, context)
  if (cluster.status !== 'ok') {
    const skipped = (name: string): CheckItem => ({ name, status: 'skipped', detail: 'no cluster answers' })
    return [cluster, skipped('credentials'), skipped('namespace'), skipped('permissions')]
  }
  const credentials = await looked(host, context, 'credentials', async () => {
    await call(host, context, { method: 'GET', path: '/api/v1' })
    return { status: 'ok', detail: 'the cluster takes them' }
  })
  if (credentials.status === 'failed') return [cluster, credentials]
  const [namespace, permissions] = await Promise.all([
    checkNamespace(host, context),
    looked(host, context, 'permissions', () => checkPermissions(host, context)),
  ])
  return [cluster, credentials, namespace, permissions]
}

async function checkCluster(host: KubernetesHost, context: CallContext): Promise<CheckItem> {
  return await looked(host, context, 'cluster', async () => {
    const { server, source } = await host.access()
    const { object } = await call<{ readonly gitVersion?: string }>(host, context, {
      method: 'GET',
      path: '/version',
    })
    return { status: 'ok', detail: `Kubernetes ${object.gitVersion ?? '?'} answers at ${server} (${source})` }
  })
}

/** An account need not be allowed to look at its namespace; to list its Pods it must be. */
async function checkNamespace(host: KubernetesHost, context: CallContext): Promise<CheckItem> {
  return await looked(host, context, 'namespace', async () => {
    const namespace = await host.namespace()
    try {
      await call(host, context, { method: 'GET', path: `/api/v1/namespaces/${namespace}` })
    } catch (error) {
      if (ClusterError.isInstance(error) && error.status === 404) {
        return {
          status: 'failed',
          detail: `there is no namespace ${namespace}`,
          mend: `kubectl create namespace ${namespace}`,
        }
      }
      if (!ClusterError.isInstance(error) || error.status !== 403) throw error
      await call<ObjectList<unknown>>(host, context, {
        method: 'GET',
        path: await host.path('pods'),
        query: { limit: '1' },
      })
    }
    return { status: 'ok', detail: `runs are made in ${namespace}` }
  })
}

/** What a look finds, or why it could not be taken. */
async function looked(
  { flavour }: KubernetesHost,
  { signal }: CallContext,
  name: string,
  look: () => Promise<Omit<CheckItem, 'name'>>,
): Promise<CheckItem> {
  try {
    return { name, ...(await look()) }
  } catch (error) {
    signal.throwIfAborted()
    const detail = error instanceof Error ? error.message : String(error)
    return { name, status: 'failed', detail, mend: mendOf(error, flavour) }
  }
}

function mendOf(error: unknown, flavour: KubernetesFlavour): string {
  if (ClusterConfigurationError.isInstance(error)) {
    return error.problem === 'not-found'
      ? 'point KUBECONFIG at a cluster, or make one: kind create cluster'
      : 'correct the kubeconfig; kubectl get pods must work with it'
  }
  const advice = ClusterError.isInstance(error) ? meaningOf(error, { flavour }).advice : undefined
  return advice ?? 'kubectl get pods must work; berth uses the same kubeconfig'
}
