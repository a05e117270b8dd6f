import type { Agent, RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { checkServer } from './check-server.ts'
import type { ClusterAccess, ClusterCredentials } from './cluster-access.ts'
import { ClusterConfigurationError } from './cluster-configuration-error.ts'

/** Which kubeconfig to read, and what of it. */
export interface KubeconfigChoice {
  /** A file. Default: as kubectl finds it (KUBECONFIG, ~/.kube/config), then the service account of the pod that this runs in. */
  readonly kubeconfig?: string | undefined
  /** Default: its current context. */
  readonly context?: string | undefined
}

/** Where a program that runs in a cluster is told of it. */
const IN_CLUSTER = '/var/run/secrets/kubernetes.io/serviceaccount/token'
/** Certificates and tokens in files are renewed by others: they are read again after so long. */
const CREDENTIALS_LAST_MS = 30_000

/** The cluster that a kubeconfig names, with whatever it says to sign in with: certificates, tokens, files, or a plugin to run. */
export async function readKubeconfig({ kubeconfig, context }: KubeconfigChoice): Promise<ClusterAccess> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  const file = await load(config, kubeconfig)
  if (context !== undefined) chooseContext(config, context, file)
  const cluster = config.getCurrentCluster()
  if (cluster === null || cluster === undefined) {
    throw new ClusterConfigurationError(
      'invalid',
      `${file} has no current context with a cluster; choose one: kubectl config use-context <name>`,
    )
  }
  const server = checkServer(cluster.server)
  let known: { readonly until: number; readonly credentials: ClusterCredentials } | undefined
  return {
    server,
    namespace: config.getContextObject(config.getCurrentContext())?.namespace,
    source: `context ${config.getCurrentContext()} of ${file}`,
    credentials: async () => {
      const now = performance.now()
      if (known === undefined || known.until <= now) {
        const credentials = await signIn(config, file)
        known = { until: now + CREDENTIALS_LAST_MS, credentials }
      }
      return known.credentials
    },
  }
}

/** Gives what was read, for people. */
async function load(config: KubeConfig, kubeconfig: string | undefined): Promise<string> {
  const { existsSync } = await import('node:fs')
  const file = kubeconfig ?? process.env.KUBECONFIG
  const isNamed = file !== undefined && file !== ''
  const { homedir } = await import('node:os')
  const usual = `${homedir()}/.kube/config`
  if (!isNamed && !existsSync(usual)) {
    if (existsSync(IN_CLUSTER)) {
      config.loadFromCluster()
      return 'this pod'
    }
    throw new ClusterConfigurationError(
      'not-found',
      `no cluster is configured: KUBECONFIG is not set, there is no ${usual}, and this is no pod of a cluster`,
    )
  }
  try {
    if (kubeconfig === undefined) config.loadFromDefault()
    else config.loadFromFile(kubeconfig)
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new ClusterConfigurationError(
      'invalid',
      `the kubeconfig ${isNamed ? file : usual} cannot be used: ${words}`,
    )
  }
  return isNamed ? file : usual
}

function chooseContext(config: KubeConfig, context: string, file: string): void {
  if (config.getContextObject(context) === null) {
    const names = config.getContexts().map(({ name }) => name)
    throw new ClusterConfigurationError(
      'not-found',
      `${file} has no context '${context}'; it has ${names.join(', ') || 'none'}`,
    )
  }
  config.setCurrentContext(context)
}

async function signIn(config: KubeConfig, file: string): Promise<ClusterCredentials> {
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    // A plugin's own words tell best what to do; they are no secret, but may be long.
    const words = error instanceof Error ? error.message : String(error)
    throw new ClusterConfigurationError(
      'credentials',
      `user ${config.getCurrentUser()?.name ?? '?'} of ${file} cannot sign in: ${words.slice(0, 500).trim()}`,
    )
  }
  const { ca, cert, key, servername, rejectUnauthorized, headers, auth } = options
  const basic = typeof auth === 'string' ? `Basic ${Buffer.from(auth).toString('base64')}` : undefined
  return {
    headers: {
      ...(headers as Record<string, string> | undefined),
      ...(basic !== undefined && { Authorization: basic }),
    },
    ca: ca as string | Buffer | undefined,
    cert: cert as string | Buffer | undefined,
    key: key as string | Buffer | undefined,
    servername,
    rejectUnauthorized,
    ...(config.getCurrentCluster()?.proxyUrl && { agent: options.agent as Agent }),
  }
}
