import type { EmulatedCluster } from './emulated-cluster.ts'

const HOST = 'https://container.googleapis.com/v1'

/** A cluster as the API tells of it: what clients read, and what stands beside it. */
export function renderCluster(cluster: EmulatedCluster): object {
  const { name, project, location, version, status, endpoints, address, dnsName } = cluster
  const isZone = /-[a-z]$/.test(location)
  const isOpen = endpoints.includes('public')
  const shown = isOpen || endpoints.includes('private') ? address : undefined
  return {
    name,
    selfLink: `${HOST}/projects/${project}/${isZone ? 'zones' : 'locations'}/${location}/clusters/${name}`,
    ...(isZone && { zone: location }),
    location,
    locations: isZone ? [location] : ['a', 'b', 'c'].map((zone) => `${location}-${zone}`),
    network: 'default',
    subnetwork: 'default',
    status,
    createTime: cluster.createdAt.toISOString(),
    initialClusterVersion: version,
    currentMasterVersion: version,
    currentNodeVersion: version,
    ...(shown !== undefined && { endpoint: shown }),
    masterAuth: { clusterCaCertificate: Buffer.from(cluster.certificateAuthority).toString('base64') },
    autopilot: { enabled: cluster.isAutopilot },
    releaseChannel: { channel: 'REGULAR' },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { endpoint: dnsName, allowExternalTraffic: endpoints.includes('dns') },
      ipEndpointsConfig: {
        enabled: shown !== undefined,
        enablePublicEndpoint: isOpen,
        ...(isOpen && { publicEndpoint: address }),
        ...(endpoints.includes('private') && { privateEndpoint: address }),
      },
    },
    privateClusterConfig: { enablePrivateEndpoint: !isOpen },
  }
}
