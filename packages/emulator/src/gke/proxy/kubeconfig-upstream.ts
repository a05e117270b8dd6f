import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import type { Upstream } from './upstream.ts'

interface ClusterEntry {
  readonly server?: string
  readonly 'certificate-authority'?: string
  readonly 'certificate-authority-data'?: string
  readonly 'insecure-skip-tls-verify'?: boolean
  readonly 'tls-server-name'?: string
}

interface UserEntry {
  readonly token?: string
  readonly tokenFile?: string
  readonly username?: string
  readonly password?: string
  readonly 'client-certificate'?: string
  readonly 'client-certificate-data'?: string
  readonly 'client-key'?: string
  readonly 'client-key-data'?: string
  readonly exec?: unknown
  readonly 'auth-provider'?: unknown
}

interface Kubeconfig {
  readonly 'current-context'?: string
  readonly contexts?: readonly {
    readonly name: string
    readonly context?: { readonly cluster?: string; readonly user?: string }
  }[]
  readonly clusters?: readonly { readonly name: string; readonly cluster?: ClusterEntry }[]
  readonly users?: readonly { readonly name: string; readonly user?: UserEntry }[]
}

/** A real cluster, as the current context of a kubeconfig names it. Throws TypeError where that cannot be used here. */
export async function kubeconfigUpstream(path: string): Promise<Upstream> {
  const config = (parse(await readFile(path, 'utf8')) ?? {}) as Kubeconfig
  const name = config['current-context']
  const context = config.contexts?.find((one) => one.name === name)?.context
  const cluster = config.clusters?.find((one) => one.name === context?.cluster)?.cluster
  const user = config.users?.find((one) => one.name === context?.user)?.user ?? {}
  if (!cluster?.server || !URL.canParse(cluster.server))
    throw new TypeError(`${path}: its current context (${name ?? 'none'}) names no cluster with a server`)
  if (user.exec !== undefined || user['auth-provider'] !== undefined)
    throw new TypeError(
      `${path}: the user of context ${name} signs in by a plugin; the emulator takes a certificate, a token or a password`,
    )
  const pem = async (data: string | undefined, file: string | undefined) => {
    if (data) return Buffer.from(data, 'base64')
    return file ? await readFile(resolve(dirname(path), file)) : undefined
  }
  const skipsVerification = cluster['insecure-skip-tls-verify'] === true
  return {
    server: new URL(cluster.server),
    authorization: await authorizationOf(user, path),
    tls: {
      ca: await pem(cluster['certificate-authority-data'], cluster['certificate-authority']),
      cert: await pem(user['client-certificate-data'], user['client-certificate']),
      key: await pem(user['client-key-data'], user['client-key']),
      ...(cluster['tls-server-name'] && { servername: cluster['tls-server-name'] }),
      ...(skipsVerification && { rejectUnauthorized: false }),
    },
    close: async () => {},
  }
}

async function authorizationOf(user: UserEntry, path: string): Promise<string | undefined> {
  const token = user.tokenFile
    ? (await readFile(resolve(dirname(path), user.tokenFile), 'utf8')).trim()
    : user.token
  if (token) return `Bearer ${token}`
  if (!user.username) return undefined
  return `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}`
}
