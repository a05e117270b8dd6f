import type { EmulatedCluster } from './emulated-cluster.ts'

/** Which versions a location has: those of its clusters. */
export function renderServerConfig(clusters: readonly EmulatedCluster[]): object {
  const versions = [...new Set(clusters.map(({ version }) => version))]
  const [defaultVersion = '', ...others] = versions
  return {
    defaultClusterVersion: defaultVersion,
    validMasterVersions: versions,
    validNodeVersions: versions,
    defaultImageType: 'COS_CONTAINERD',
    validImageTypes: ['COS_CONTAINERD', 'UBUNTU_CONTAINERD'],
    channels: [{ channel: 'REGULAR', defaultVersion, validVersions: [defaultVersion, ...others] }],
  }
}
