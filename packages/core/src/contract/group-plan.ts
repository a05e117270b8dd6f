import type { Secret, SecretRef } from '../secrets/secret.ts'
import type { Architecture, Exposure, RestartPolicy } from './capabilities.ts'
import type { RegistryCredentials, VolumeSpec } from './container-spec.ts'
import type { HealthCheck } from './probe.ts'

/** A port of a planned container. */
export interface PlannedPort {
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
  readonly publish: number | undefined
}

/** A file of a planned container. */
export interface PlannedFile {
  readonly path: string
  /** A string stands as UTF-8. */
  readonly content: string | Uint8Array | Secret
  readonly mode: number
}

export interface PlannedMount {
  readonly volume: string
  readonly path: string
  readonly readOnly: boolean
}

/** One container of a plan: everything is filled in, nothing is sugar. */
export interface PlannedContainer {
  /** Unique in the group; the main one is called `main`. */
  readonly name: string
  readonly role: 'main' | 'sidecar' | 'init'
  readonly image: string
  readonly command: readonly string[] | undefined
  readonly args: readonly string[] | undefined
  readonly env: Readonly<Record<string, string | Secret | SecretRef>>
  readonly workingDirectory: string | undefined
  readonly cpu: number | undefined
  readonly memoryInBytes: number | undefined
  readonly ports: readonly PlannedPort[]
  readonly files: readonly PlannedFile[]
  readonly mounts: readonly PlannedMount[]
  readonly health: HealthCheck | undefined
  readonly user: string | undefined
  readonly registry: RegistryCredentials | undefined
}

/** The tags of ownership. They go into the creating call itself; every value fits a Kubernetes label. */
export interface OwnershipTags {
  /** The run's name on the cloud, the plan's `name`. */
  readonly 'berth-run': string
  /** Who holds it: machine, boot, PID namespace, process and its start, each hashed or a number. */
  readonly 'berth-owner': string
  /** When it may be swept: seconds since the epoch, or `never`. */
  readonly 'berth-expires': string
  /** Hash of the token. */
  readonly 'berth-token': string
  /** Hash of all that was asked for. */
  readonly 'berth-spec': string
  /** `scope`, `lease-<seconds>`, `max-<seconds>` or `keep`. */
  readonly 'berth-lifetime': string
}

/** What an adapter is told to make: the pod model, checked against its capabilities and complete. */
export interface GroupPlan {
  /**
   * What the spec's name or image is called, and the token's hash: the same token and spec give the same name, another token another. Begins
   * with a letter; lower case letters, digits, hyphens; at most 50 characters.
   */
  readonly name: string
  /** Idempotency: a second create with the same token makes nothing new. */
  readonly token: string
  readonly tags: OwnershipTags
  readonly labels: Readonly<Record<string, string>>
  /** The main container first, then the sidecars. All share one network where the adapter's `groupNetwork` is `localhost`. */
  readonly containers: readonly PlannedContainer[]
  /** Run one after the other, in order, before the others. */
  readonly initContainers: readonly PlannedContainer[]
  readonly volumes: Readonly<Record<string, VolumeSpec>>
  readonly restart: RestartPolicy
  readonly architecture: Architecture | undefined
  readonly expose: Exposure | undefined
  readonly spot: boolean
  readonly gpu: { readonly count: number; readonly kind?: string | undefined } | undefined
  /** The one place in which to run it; undefined: the provider's own. Core walks the spec's list and makes a plan for each try. */
  readonly region: string | undefined
  readonly stopGraceInMs: number
  /** Set where the lifetime is `{ maxLifetime }`. */
  readonly maxLifetimeInMs: number | undefined
  readonly fit: 'exact' | 'up'
  /** The adapter's own options, `spec.options[adapter]`. */
  readonly native: unknown
}
