import { ClusterConfigurationError } from './cluster-configuration-error.ts'

/** A kubeconfig, as far as it is read here; several files make one. */
export interface Kubeconfig {
  readonly currentContext: string | undefined
  readonly contexts: ReadonlyMap<string, KubeconfigContext>
  readonly clusters: ReadonlyMap<string, KubeconfigCluster>
  readonly users: ReadonlyMap<string, KubeconfigUser>
}

interface KubeconfigContext {
  readonly cluster?: string
  readonly user?: string
  readonly namespace?: string
}

/** Paths in it are absolute by now. */
export interface KubeconfigCluster {
  readonly server?: string
  readonly 'certificate-authority'?: string
  readonly 'certificate-authority-data'?: string
  readonly 'insecure-skip-tls-verify'?: boolean
  readonly 'tls-server-name'?: string
  readonly 'proxy-url'?: string
}

export interface KubeconfigUser {
  readonly 'client-certificate'?: string
  readonly 'client-certificate-data'?: string
  readonly 'client-key'?: string
  readonly 'client-key-data'?: string
  readonly token?: string
  readonly tokenFile?: string
  readonly username?: string
  readonly password?: string
  readonly [more: string]: unknown
}

interface Written {
  readonly 'current-context'?: string
  readonly contexts?: readonly { readonly name: string; readonly context?: KubeconfigContext }[]
  readonly clusters?: readonly { readonly name: string; readonly cluster?: KubeconfigCluster }[]
  readonly users?: readonly { readonly name: string; readonly user?: KubeconfigUser }[]
}

/** What of a kubeconfig is a path. */
const PATHS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']

/** Reads files as kubectl does: what several of them name is what the first of them says. */
export async function readKubeconfigFiles(paths: readonly string[]): Promise<Kubeconfig> {
  const [{ readFile }, { dirname }, { parse }] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
    import('yaml'),
  ])
  const contexts = new Map<string, KubeconfigContext>()
  const clusters = new Map<string, KubeconfigCluster>()
  const users = new Map<string, KubeconfigUser>()
  let currentContext: string | undefined
  for (const path of paths) {
    const written = await read(path, async () => (parse(await readFile(path, 'utf8')) ?? {}) as Written)
    currentContext ??= written['current-context'] || undefined
    const folder = dirname(path)
    for (const { name, context = {} } of written.contexts ?? []) addFirst(contexts, name, context)
    for (const { name, cluster = {} } of written.clusters ?? [])
      addFirst(clusters, name, absolute(cluster, folder))
    for (const { name, user = {} } of written.users ?? []) addFirst(users, name, absolute(user, folder))
  }
  return { currentContext, contexts, clusters, users }
}

async function read(path: string, work: () => Promise<Written>): Promise<Written> {
  try {
    return await work()
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new ClusterConfigurationError('invalid', `the kubeconfig ${path} cannot be used: ${words}`)
  }
}

function addFirst<T>(into: Map<string, T>, name: string, value: T): void {
  if (!into.has(name)) into.set(name, value)
}

/** Paths are written as seen from the file. */
function absolute<T extends object>(written: T, folder: string): T {
  const { isAbsolute, join } = process.getBuiltinModule('node:path')
  const paths = Object.entries(written).flatMap(([key, value]) =>
    PATHS.includes(key) && typeof value === 'string' && value !== '' && !isAbsolute(value)
      ? [[key, join(folder, value)] as const]
      : [],
  )
  return { ...written, ...Object.fromEntries(paths) }
}
