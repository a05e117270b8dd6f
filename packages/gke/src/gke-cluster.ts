import type { ApiCluster } from './google/container-api.ts'

/** A cluster of GKE, as far as it decides how runs are made there. */
export interface GkeCluster {
  readonly name: string
  readonly project: string
  readonly location: string
  /** Of its control plane: [1, 33, 4] of `1.33.4-gke.1172000`. */
  readonly version: readonly [major: number, minor: number, patch: number]
  readonly versionText: string
  /** Whether Google keeps its nodes, and bills what runs instead of them. */
  readonly isAutopilot: boolean
  readonly status: string
  readonly statusMessage: string | undefined
  readonly endpoints: GkeEndpoints
}

/** The ways to its API server that are open; hosts, with a port where it is not the usual one. */
interface GkeEndpoints {
  /** Its certificate is signed by an authority that everybody knows. */
  readonly dns: string | undefined
  readonly public: string | undefined
  readonly private: string | undefined
  /** Of the certificate of the addresses, as PEM. */
  readonly certificateAuthority: string | undefined
}

/** Reads the API's answer. */
export function readCluster(project: string, cluster: ApiCluster): GkeCluster {
  const versionText = cluster.currentMasterVersion ?? ''
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.(\d+)\.(\d+)/.exec(versionText) ?? []
  return {
    name: cluster.name ?? '',
    project,
    location: cluster.location ?? '',
    version: [Number(major), Number(minor), Number(patch)],
    versionText,
    isAutopilot: cluster.autopilot?.enabled === true,
    status: String(cluster.status ?? 'STATUS_UNSPECIFIED'),
    statusMessage: cluster.statusMessage || undefined,
    endpoints: readEndpoints(cluster),
  }
}

/** Whether a version is that one or a newer. */
export function isAtLeast({ version }: Pick<GkeCluster, 'version'>, ...least: readonly number[]): boolean {
  for (const [index, number] of least.entries()) {
    const own = version[index] ?? 0
    if (own !== number) return own > number
  }
  return true
}

/** Clusters that are older than these settings tell one endpoint, and whether it is a private one. */
function readEndpoints(cluster: ApiCluster): GkeEndpoints {
  const { dnsEndpointConfig: dns, ipEndpointsConfig: ip } = cluster.controlPlaneEndpointsConfig ?? {}
  const authority = cluster.masterAuth?.clusterCaCertificate
  const older = cluster.privateClusterConfig
  const isPrivateOnly = ip ? ip.enablePublicEndpoint === false : older?.enablePrivateEndpoint === true
  const hasAddresses = ip?.enabled !== false
  return {
    dns: dns?.allowExternalTraffic ? dns.endpoint || undefined : undefined,
    public:
      hasAddresses && !isPrivateOnly
        ? ip?.publicEndpoint || older?.publicEndpoint || cluster.endpoint || undefined
        : undefined,
    private: hasAddresses ? ip?.privateEndpoint || older?.privateEndpoint || undefined : undefined,
    certificateAuthority: authority ? Buffer.from(authority, 'base64').toString() : undefined,
  }
}
