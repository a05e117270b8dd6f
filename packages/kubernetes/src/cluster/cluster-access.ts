import type { Agent } from 'node:https'

/** What lets a request in. It changes when a token does. */
export interface ClusterCredentials {
  readonly headers: Readonly<Record<string, string>>
  readonly ca?: string | Buffer | undefined
  readonly cert?: string | Buffer | undefined
  readonly key?: string | Buffer | undefined
  /** Default: the server's host. */
  readonly servername?: string | undefined
  /** Default true. */
  readonly rejectUnauthorized?: boolean | undefined
  /** Goes by way of a proxy. */
  readonly agent?: Agent | undefined
}

/** Where a cluster's API server is, and how one gets in. */
export interface ClusterAccess {
  /** `https://10.0.0.1:6443`, without a slash at its end. */
  readonly server: string
  /** The namespace that goes with it. */
  readonly namespace: string | undefined
  /** Whether this is a pod of that cluster. Default false. */
  readonly isInside?: boolean | undefined
  /** Where this comes from, for people: `context lab of /home/me/.kube/config`. */
  readonly source: string
  /** What lets the next request in. */
  credentials(): Promise<ClusterCredentials>
}
