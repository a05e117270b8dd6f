import { type GkeCluster, readCluster } from '../src/gke-cluster.ts'

const CA = Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64')

/** A cluster as the API tells of one. */
export function clusterForTest(
  parts: { readonly version?: string; readonly autopilot?: boolean; readonly location?: string } = {},
): GkeCluster {
  return readCluster('my-project', {
    name: 'demo',
    location: parts.location ?? 'us-central1',
    status: 'RUNNING',
    endpoint: '34.1.2.3',
    currentMasterVersion: parts.version ?? '1.33.4-gke.1172000',
    autopilot: { enabled: parts.autopilot ?? true },
    masterAuth: { clusterCaCertificate: CA },
  })
}
