import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClusterManagerClient } from '@google-cloud/container'
import { credentials } from '@grpc/grpc-js'
import { GoogleAuth } from 'google-auth-library'
import { type Emulator, type EmulatorOptions, startEmulator } from '../src/index.ts'

/** An emulated project, and the official clients for it. */
export interface GoogleWorld {
  readonly emulator: Emulator
  /** `projects/p/locations/us-central1` */
  readonly parent: string
  /** Application Default Credentials as the emulator's environment names them. */
  token(): Promise<string>
  byRest(): Promise<ClusterManagerClient>
  byGrpc(): Promise<{ readonly client: ClusterManagerClient; readonly options: object }>
  close(): Promise<void>
}

/** Starts the emulator with clusters behind which nobody answers: of them only Google's API is asked. */
export async function googleWorld(options: EmulatorOptions = {}): Promise<GoogleWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-test-'))
  const kubeconfig = join(directory, 'kubeconfig')
  await writeFile(kubeconfig, KUBECONFIG)
  const nobody = { kubeconfig, version: '1.33.4-gke.1172000' }
  const clusters = {
    berth: { ...nobody, autopilot: true },
    zonal: { ...nobody, location: 'europe-west1-b', endpoints: ['private'] as const },
    named: { ...nobody, location: 'europe-west1', endpoints: ['dns'] as const },
  }
  const emulator = await startEmulator({
    services: ['gke'],
    backend: 'none',
    tls: false,
    ...options,
    google: { clusters, ...options.google },
  })
  // As whoever uses it would: by nothing but the environment.
  const { GOOGLE_APPLICATION_CREDENTIALS = '' } = emulator.environment
  Object.assign(process.env, { GOOGLE_APPLICATION_CREDENTIALS })
  const signIn = new GoogleAuth({ scopes: 'https://www.googleapis.com/auth/cloud-platform' })
  const token = async () => (await (await signIn.getClient()).getAccessToken()).token ?? ''
  const opened: ClusterManagerClient[] = []
  const place = (name: string) => {
    const { hostname, port } = new URL(emulator.endpoints[name] ?? '')
    return { apiEndpoint: hostname, port: Number(port) }
  }
  return {
    emulator,
    parent: `projects/${emulator.google?.project}/locations/${emulator.google?.location}`,
    token,
    byRest: async () => {
      const authClient = await signIn.getClient()
      const client = new ClusterManagerClient({
        ...place('google'),
        protocol: 'http',
        fallback: true,
        authClient,
      })
      opened.push(client)
      return client
    },
    byGrpc: async () => {
      const authClient = await signIn.getClient()
      const sslCreds = credentials.createInsecure()
      const client = new ClusterManagerClient({ ...place('google-grpc'), sslCreds, authClient })
      opened.push(client)
      // Over a plain connection the client sends no credentials by itself.
      return { client, options: { otherArgs: { headers: { authorization: `Bearer ${await token()}` } } } }
    },
    close: async () => {
      await Promise.all(opened.map((client) => client.close()))
      await emulator.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const KUBECONFIG = `
apiVersion: v1
kind: Config
current-context: nobody
contexts: [{ name: nobody, context: { cluster: nobody, user: nobody } }]
clusters: [{ name: nobody, cluster: { server: 'https://127.0.0.1:9' } }]
users: [{ name: nobody, user: { token: unused } }]
`
