import { bearerToken } from '../google/authenticate.ts'
import type { GoogleAccount, GoogleCluster } from '../google/google-options.ts'
import type { TokenIssuer } from '../google/token-issuer.ts'
import { makeCertificate } from '../server/certificate.ts'
import type { World } from '../world.ts'
import { admitPod } from './autopilot/admit-pod.ts'
import type { EmulatedCluster } from './emulated-cluster.ts'
import { startClusterProxy } from './proxy/start-cluster-proxy.ts'
import type { Upstream } from './proxy/upstream.ts'
import { readServerVersion } from './read-server-version.ts'

export interface StartedCluster {
  readonly cluster: EmulatedCluster
  /** `https://127.0.0.1:41234` */
  readonly origin: string
  close(): Promise<void>
}

/** Makes a Kubernetes a cluster of GKE: its API server lets in whoever has one of Google's tokens, and Autopilot, where it is on, changes and refuses Pods. */
export async function startCluster(
  name: string,
  settings: GoogleCluster,
  upstream: Upstream,
  parts: { readonly world: World; readonly account: GoogleAccount; readonly issuer: TokenIssuer },
): Promise<StartedCluster> {
  const { world, account, issuer } = parts
  const isAutopilot = settings.autopilot ?? settings.kubeconfig === undefined
  const version = settings.version ?? `${await readServerVersion(upstream)}-gke.1000`
  const certificate = await makeCertificate()
  const proxy = await startClusterProxy({
    certificate,
    upstream,
    description:
      settings.kubeconfig === undefined ? world.describe('gke') : 'access by the emulator, cluster real',
    admits: (authorization) => {
      const token = bearerToken(authorization)
      return token !== undefined && issuer.knows(token)
    },
    admitPod: isAutopilot ? (pod) => admitPod(pod, version) : undefined,
  }).catch(async (error: unknown) => {
    await certificate.remove()
    throw error
  })
  const { host, port } = new URL(proxy.origin)
  return {
    origin: proxy.origin,
    cluster: {
      name,
      project: account.project,
      location: settings.location ?? account.location,
      isAutopilot,
      version,
      status: settings.status ?? 'RUNNING',
      endpoints: settings.endpoints ?? ['public'],
      address: host,
      dnsName: `localhost:${port}`,
      certificateAuthority: certificate.certificate,
      createdAt: new Date(world.clocks.frontEnd.read()),
    },
    close: async () => {
      await proxy.close()
      await upstream.close()
      await certificate.remove()
    },
  }
}
