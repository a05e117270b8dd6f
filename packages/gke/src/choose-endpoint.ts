import { BerthError } from '@berth/core'
import type { ClusterEndpoint } from '@berth/kubernetes'
import type { GkeCluster } from './gke-cluster.ts'
import type { GkeOptions } from './gke-options.ts'

type Access = NonNullable<GkeOptions['access']>

/** By which endpoint the cluster is called. Throws `unavailable` where there is none that can be used, with what to do. */
export function chooseEndpoint(
  cluster: GkeCluster,
  access: Access | undefined,
  token: () => Promise<string>,
): ClusterEndpoint {
  const { endpoints } = cluster
  const chosen: Access = access ?? (endpoints.dns ? 'dns' : 'public')
  const host = endpoints[chosen]
  if (host === undefined) throw unreachable(cluster, access)
  return {
    server: `https://${host}`,
    certificateAuthority: chosen === 'dns' ? undefined : endpoints.certificateAuthority,
    token,
    description: `${clusterWords(cluster)}, ${chosen} endpoint`,
  }
}

/** `Autopilot cluster demo in europe-west1` */
export function clusterWords({ isAutopilot, name, location }: GkeCluster): string {
  return `${isAutopilot ? 'Autopilot cluster' : 'cluster'} ${name} in ${location}`
}

function unreachable(cluster: GkeCluster, access: Access | undefined): BerthError {
  const { name, location, endpoints } = cluster
  const open = (['dns', 'public', 'private'] as const).filter((kind) => endpoints[kind] !== undefined)
  const enable = `gcloud container clusters update ${name} --location ${location} --enable-dns-access`
  const message =
    access === undefined
      ? `gke: ${clusterWords(cluster)} has a private endpoint only: let it be called by DNS (${enable}), or run this within its network and write gke({ access: 'private' })`
      : `gke: ${clusterWords(cluster)} has no ${access} endpoint, but ${open.join(' and ') || 'none at all'}: choose another with gke({ access }), or let it be called by DNS: ${enable}`
  return new BerthError({ code: 'unavailable', message, retryable: false })
}
