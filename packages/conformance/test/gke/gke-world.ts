import { startEmulator } from '@berth/emulator'
import { GoogleAuth } from 'google-auth-library'
import type { ConformanceWorld } from '../../src/index.ts'
import { type ApiServer, askApiServer } from '../kubernetes/ask-api-server.ts'
import { ROOMY, worldOfPods } from '../kubernetes/world-of-pods.ts'

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

/** An emulated project of its own. */
export interface GkeWorld {
  readonly world: ConformanceWorld
  dispose(): Promise<void>
}

/** Starts an emulator and points this process, and those that it starts, at it. */
export async function gkeWorld(backend: 'docker' | 'process'): Promise<GkeWorld> {
  const emulator = await startEmulator({
    services: ['gke'],
    backend,
    name: `conformance-gke-${backend}`,
    tls: false,
    // What a node lets pass by the minute, as back-offs, goes by in seconds.
    timeScale: 10,
    kubernetes: { nodes: [ROOMY, ROOMY] },
    google: { clusters: { conformance: { autopilot: false } } },
  })
  Object.assign(process.env, emulator.environment)
  const world = worldOfPods({
    backend,
    ask: askApiServer(await findCluster()),
    providerModule: new URL('./gke-provider.ts', import.meta.url).href,
    concurrency: 20,
  })
  return { world, dispose: () => emulator.close() }
}

/** The cluster that the environment names, by Google's own sign-in and what the Container API says of it. */
async function findCluster(): Promise<ApiServer> {
  const signIn = new GoogleAuth({ scopes: SCOPE })
  const token = async () => (await signIn.getAccessToken()) ?? ''
  const { GOOGLE_CLOUD_PROJECT, CLOUDSDK_COMPUTE_REGION, CLOUDSDK_CONTAINER_CLUSTER } = process.env
  const { CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: api } = process.env
  const path = `v1/projects/${GOOGLE_CLOUD_PROJECT}/locations/${CLOUDSDK_COMPUTE_REGION}/clusters/${CLOUDSDK_CONTAINER_CLUSTER}`
  const headers = { authorization: `Bearer ${await token()}` }
  const { endpoint, masterAuth } = (await (await fetch(new URL(path, api), { headers })).json()) as {
    readonly endpoint: string
    readonly masterAuth: { readonly clusterCaCertificate: string }
  }
  const certificateAuthority = Buffer.from(masterAuth.clusterCaCertificate, 'base64').toString()
  return { server: `https://${endpoint}`, certificateAuthority, token }
}
