import type { ClusterManagerClient, protos } from '@google-cloud/container'
import type { AuthClient } from 'google-auth-library'
import { checkEndpoint } from './check-endpoint.ts'
import type { GoogleSignIn } from './google-sign-in.ts'

/** A cluster in the API's own words. */
export type ApiCluster = protos.google.container.v1.ICluster

/** What is needed of Google's Container API. */
export interface ContainerApi {
  /** @param name `projects/p/locations/l/clusters/c` */
  getCluster(name: string): Promise<ApiCluster>
  /** @param parent `projects/p/locations/l`, or `-` for all locations */
  listClusters(parent: string): Promise<readonly ApiCluster[]>
  /** Where it is, for people. */
  readonly address: string
  close(): Promise<void>
}

export interface ContainerApiSettings {
  readonly endpoint: string | undefined
  readonly transport: 'rest' | 'grpc' | undefined
  readonly signIn: GoogleSignIn
}

const GOOGLES_OWN = 'https://container.googleapis.com'
/** What is repeated, how often and when is decided for every cloud alike. */
const ANSWER_WITHIN_MS = 20_000
const UNREPEATED = { timeout: ANSWER_WITHIN_MS, retry: null }

/**
 * The API by Google's own client, which takes a fifth of a second to load and is loaded at the first call. Calls throw TypeError for an endpoint that
 * cannot be.
 */
export function containerApi({
  endpoint = GOOGLES_OWN,
  transport = 'rest',
  signIn,
}: ContainerApiSettings): ContainerApi {
  let opened: Promise<ClusterManagerClient> | undefined
  const client = () => {
    opened ??= openClient(checkEndpoint(endpoint), transport, signIn).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
  const options = async () => ({
    ...UNREPEATED,
    otherArgs: { headers: await headersFor(checkEndpoint(endpoint), transport, signIn) },
  })
  return {
    address: endpoint,
    getCluster: async (name) => {
      const [cluster] = await (await client()).getCluster({ name }, await options())
      return cluster
    },
    listClusters: async (parent) => {
      const [{ clusters }] = await (await client()).listClusters({ parent }, await options())
      return clusters ?? []
    },
    close: async () => {
      await opened?.then((made) => made.close()).catch(() => {})
    },
  }
}

async function openClient(
  { protocol, hostname, port }: URL,
  transport: 'rest' | 'grpc',
  signIn: GoogleSignIn,
): Promise<ClusterManagerClient> {
  const { ClusterManagerClient } = await import('@google-cloud/container')
  const authClient = (await signIn.client()) as AuthClient
  const isPlain = protocol === 'http:'
  const place = { apiEndpoint: hostname, port: Number(port || (isPlain ? 80 : 443)) }
  if (transport === 'rest') {
    return new ClusterManagerClient({
      ...place,
      protocol: isPlain ? 'http' : 'https',
      fallback: true,
      authClient,
    })
  }
  if (!isPlain) return new ClusterManagerClient({ ...place, authClient })
  const { credentials } = await import('@grpc/grpc-js')
  return new ClusterManagerClient({ ...place, sslCreds: credentials.createInsecure(), authClient })
}

/** gRPC sends no credentials of its own over a plain connection, which is to this machine. */
async function headersFor(url: URL, transport: 'rest' | 'grpc', signIn: GoogleSignIn) {
  if (transport === 'rest' || url.protocol === 'https:') return {}
  return { authorization: `Bearer ${await signIn.token()}` }
}
