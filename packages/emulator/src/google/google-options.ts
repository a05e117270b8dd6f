/** The project that is emulated. */
export interface GoogleOptions {
  /** Default `berth-emulated`. */
  readonly project?: string | undefined
  /** The region of clusters that name none. Default `us-central1`. */
  readonly location?: string | undefined
  /** The clusters of GKE that are there, by name. The first is what `Emulator.environment` names. Default: one Autopilot cluster, `berth`. */
  readonly clusters?: Readonly<Record<string, GoogleCluster>> | undefined
  /** How long a token is good for, in real milliseconds. Default an hour. */
  readonly tokenLifetimeInMs?: number | undefined
}

/** A cluster of GKE, and which Kubernetes stands behind it. */
export interface GoogleCluster {
  /** A region or zone. Default: the project's. */
  readonly location?: string | undefined
  /** A real cluster that stands behind it: a kubeconfig file, by its current context, with a certificate, a token or a password. Default: a small Kubernetes of the emulator's own. */
  readonly kubeconfig?: string | undefined
  /** Default: true, but of a real cluster, whose nodes are what they are, false. */
  readonly autopilot?: boolean | undefined
  /** What GKE calls the control plane's version. Default: that of the Kubernetes behind it, `1.33.4-gke.1000`. */
  readonly version?: string | undefined
  /** The ways to its API server that are told. Default: the public address. */
  readonly endpoints?: readonly ('dns' | 'public' | 'private')[] | undefined
  /** Default `RUNNING`. */
  readonly status?: 'PROVISIONING' | 'RUNNING' | 'RECONCILING' | 'STOPPING' | 'ERROR' | 'DEGRADED' | undefined
}

export type GoogleAccount = Readonly<
  Required<{ [Key in keyof GoogleOptions]: NonNullable<GoogleOptions[Key]> }>
>

const HOUR_IN_MS = 3_600_000
const LOCATION = /^[a-z]+-[a-z]+\d+(-[a-z])?$/

/** @throws TypeError, RangeError */
export function googleAccount(options: GoogleOptions = {}): GoogleAccount {
  const account = {
    project: options.project ?? 'berth-emulated',
    location: options.location ?? 'us-central1',
    clusters: options.clusters ?? { berth: {} },
    tokenLifetimeInMs: options.tokenLifetimeInMs ?? HOUR_IN_MS,
  }
  if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(account.project))
    throw new TypeError(
      `google.project is ${JSON.stringify(account.project)}; it must be a project's id: my-project-123`,
    )
  for (const name of Object.keys(account.clusters)) {
    if (!/^[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?$/.test(name))
      throw new TypeError(
        `google.clusters: ${JSON.stringify(name)} is no name of a cluster: lower case letters, digits, hyphens`,
      )
  }
  for (const location of [
    account.location,
    ...Object.values(account.clusters).map((cluster) => cluster.location),
  ]) {
    if (location !== undefined && !LOCATION.test(location))
      throw new TypeError(
        `google: ${JSON.stringify(location)} is no region or zone: us-central1, us-central1-a`,
      )
  }
  if (!(account.tokenLifetimeInMs > 0))
    throw new RangeError(`google.tokenLifetimeInMs is ${account.tokenLifetimeInMs}; it must be above 0`)
  return account
}
