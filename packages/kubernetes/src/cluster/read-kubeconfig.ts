import { checkServer } from './check-server.ts'
import type { ClusterAccess, ClusterCredentials } from './cluster-access.ts'
import { ClusterConfigurationError } from './cluster-configuration-error.ts'
import { type Kubeconfig, readKubeconfigFiles } from './kubeconfig-file.ts'
import { plainCredentials } from './plain-credentials.ts'
import { pluginCredentials } from './plugin-credentials.ts'
import { podAccess } from './pod-credentials.ts'

/** Which kubeconfig to read, and what of it. */
export interface KubeconfigChoice {
  /** A file. Default: as kubectl finds it (KUBECONFIG, ~/.kube/config), then the service account of the pod that this runs in. */
  readonly kubeconfig?: string | undefined
  /** Default: its current context. */
  readonly context?: string | undefined
}

/** Certificates and tokens in files are renewed by others: they are read again after so long. */
const CREDENTIALS_LAST_MS = 30_000

/** The cluster that a kubeconfig names, with whatever it says to sign in with: certificates, tokens, files, or a plugin to run. */
export async function readKubeconfig({ kubeconfig, context }: KubeconfigChoice): Promise<ClusterAccess> {
  const paths = await pathsOf(kubeconfig)
  if (paths.length === 0) return await withoutKubeconfig()
  const config = await readKubeconfigFiles(paths)
  const file = paths.join(':')
  const name = chooseContext(config, context, file)
  const { cluster: clusterName = '', user: userName = '', namespace } = config.contexts.get(name) ?? {}
  const cluster = config.clusters.get(clusterName)
  if (cluster?.server === undefined) {
    throw new ClusterConfigurationError(
      'invalid',
      `context ${name} of ${file} names no cluster with a server`,
    )
  }
  const server = checkServer(cluster.server)
  const user = config.users.get(userName) ?? {}
  const needsPlugin = ['exec', 'auth-provider', 'as'].some((key) => key in user) || cluster['proxy-url']
  return {
    server,
    namespace,
    source: `context ${name} of ${file}`,
    credentials: keep(`user ${userName || '(none)'} of ${file}`, async () =>
      needsPlugin ? await pluginCredentials(kubeconfig, name) : () => plainCredentials(cluster, user),
    ),
  }
}

async function pathsOf(kubeconfig: string | undefined): Promise<readonly string[]> {
  const [{ existsSync }, { homedir }, { delimiter }] = await Promise.all([
    import('node:fs'),
    import('node:os'),
    import('node:path'),
  ])
  if (kubeconfig !== undefined) return [kubeconfig]
  const named = process.env.KUBECONFIG?.split(delimiter).filter(Boolean) ?? []
  if (named.length > 0) return named
  const usual = `${homedir()}/.kube/config`
  return existsSync(usual) ? [usual] : []
}

async function withoutKubeconfig(): Promise<ClusterAccess> {
  const access = await podAccess()
  if (access) return access
  throw new ClusterConfigurationError(
    'not-found',
    'no cluster is configured: KUBECONFIG is not set, there is no ~/.kube/config, and this is no pod of a cluster',
  )
}

function chooseContext(config: Kubeconfig, context: string | undefined, file: string): string {
  const name = context ?? config.currentContext
  if (name === undefined) {
    throw new ClusterConfigurationError(
      'invalid',
      `${file} has no current context; choose one: kubectl config use-context <name>`,
    )
  }
  if (config.contexts.has(name)) return name
  throw new ClusterConfigurationError(
    'not-found',
    `${file} has no context '${name}'; it has ${[...config.contexts.keys()].join(', ') || 'none'}`,
  )
}

/** Gets credentials, and keeps them for a while. `open` is called once. */
function keep(
  whose: string,
  open: () => Promise<() => Promise<ClusterCredentials>>,
): () => Promise<ClusterCredentials> {
  let source: Promise<() => Promise<ClusterCredentials>> | undefined
  let known: { readonly until: number; readonly credentials: Promise<ClusterCredentials> } | undefined
  const signIn = async () => {
    try {
      source ??= open()
      return await (await source)()
    } catch (error) {
      known = undefined
      source = undefined
      // A plugin's complaints tell best what to do. What it gave instead of JSON may hold a token.
      const words = error instanceof SyntaxError ? 'its plugin gave no JSON' : String(error)
      throw new ClusterConfigurationError(
        'credentials',
        `${whose} cannot sign in: ${words.slice(0, 500).trim()}`,
      )
    }
  }
  return async () => {
    const now = performance.now()
    if (known === undefined || known.until <= now) {
      known = { until: now + CREDENTIALS_LAST_MS, credentials: signIn() }
    }
    return await known.credentials
  }
}
