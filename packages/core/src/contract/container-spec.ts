import type { Secret, SecretRef } from '../secrets/secret.ts'
import type { Capabilities, VolumeKind } from './capabilities.ts'
import type {
  AnyCapabilities,
  Common,
  FeatureFields,
  OptionsFields,
  Unsupported,
} from './capability-types.ts'
import type { Duration } from './duration.ts'
import type { Lifetime } from './lifetime.ts'
import type { HealthCheck, Probe } from './probe.ts'

/** A port that the container listens on: its number, or more about it. */
export interface PortSpec {
  /** The container's port, 1 to 65535. */
  readonly port: number
  /** Default `tcp`. */
  readonly protocol?: 'tcp' | 'udp' | undefined
  /** The host's port to map it to, where the capability `publish` is there. Default: a free one. */
  readonly publish?: number | undefined
}

/** Memory as bytes, or a number with its unit: `'512Mi'`, `'1.5Gi'`, `'500M'`, `'2G'`. */
export type Memory = number | `${number}${'Ki' | 'Mi' | 'Gi' | 'K' | 'M' | 'G'}`

/** A file that stands in the container before its first process starts. */
export interface FileSpec {
  readonly content: string | Uint8Array | Secret
  /** Permission bits. Default 0o644; 0o400 for a secret. */
  readonly mode?: number | undefined
}

/** Where a volume of the group appears in a container. */
export interface Mount {
  /** A key of the spec's `volumes`. */
  readonly volume: string
  /** An absolute path in the container. */
  readonly path: string
  readonly readOnly?: boolean | undefined
}

/** A volume of the group. `options` are the kind's own: `{ path }` for `host`, `{ shareName, … }` for `azure-file`. */
export interface VolumeSpec<K extends VolumeKind = VolumeKind> {
  readonly kind: K
  readonly options?: Readonly<Record<string, string | number | boolean | Secret>> | undefined
}

/** A user and password for the registry that holds the image. Default: what the cloud's own conventions find (docker's config file). */
export interface RegistryCredentials {
  readonly username: string
  readonly password: Secret
  /** Default: the image's registry. */
  readonly server?: string | undefined
}

/** What each container of a group has of its own. */
export interface ContainerPart {
  /** `nginx`, `registry.example/team/app:1.2`, `…@sha256:…`. */
  readonly image: string
  /** Replaces the image's entrypoint. */
  readonly command?: readonly string[] | undefined
  /** Replaces the image's default arguments. */
  readonly args?: readonly string[] | undefined
  readonly env?: Readonly<Record<string, string | Secret | SecretRef>> | undefined
  readonly workingDirectory?: string | undefined
  /** vCPUs: 0.5, 2. Default: the cloud's. */
  readonly cpu?: number | undefined
  /** Default: the cloud's. */
  readonly memory?: Memory | undefined
  readonly ports?: readonly (number | PortSpec)[] | undefined
}

/** What each container may have where the capability is there. */
export interface PartFeatures {
  /** By absolute path in the container. */
  readonly files: Readonly<Record<string, string | Uint8Array | Secret | FileSpec>>
  readonly mounts: readonly Mount[]
  readonly health: HealthCheck
  /** A user name or number, optionally with a group: `1000:1000`. */
  readonly user: string | number
  readonly registry: RegistryCredentials
}

type PartFeatureFields<C extends Capabilities> = Pick<FeatureFields<C>, keyof PartFeatures>

/** A container that runs beside the main one and ends with it. */
export interface SidecarSpec<C extends Capabilities = AnyCapabilities>
  extends ContainerPart,
    PartFeatureFields<C> {}

/** A container that runs, and must exit with 0, before the others start. */
export interface InitContainerSpec<C extends Capabilities = AnyCapabilities>
  extends Omit<ContainerPart, 'ports'>,
    Omit<PartFeatureFields<C>, 'health'> {}

// The parts of an unknown cloud's spec have names of their own, for the compiler compares two `SidecarSpec<…>` by their arguments alone,
// and two interfaces by their members: so any cloud's part is one of an unknown cloud's.
interface AnySidecarSpec extends ContainerPart, PartFeatureFields<AnyCapabilities> {}
interface AnyInitContainerSpec
  extends Omit<ContainerPart, 'ports'>,
    Omit<PartFeatureFields<AnyCapabilities>, 'health'> {}

/** The fields of a spec that every cloud has. */
export interface BaseSpec extends ContainerPart {
  /** For people, and part of the name on the cloud: letters, digits and hyphens. Default: from the image. */
  readonly name?: string | undefined
  /**
   * When the run counts as ready. Default: `tcp()` where it has a tcp port, else `started()`.
   */
  readonly ready?: Probe | undefined
  /** Default `'scope'`. */
  readonly lifetime?: Lifetime | undefined
  /** How long a stop waits between asking the process to end and killing it. Default 10 s. */
  readonly stopGrace?: Duration | undefined
  /** Yours, for your own tools; keys that begin with `berth-` are ours. */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /**
   * What to do with a cpu/memory pair that the cloud does not sell: `'exact'` (the default) refuses and names the nearest,
   * `'up'` takes the next larger and says so.
   */
  readonly fit?: 'exact' | 'up' | undefined
}

/** The fields of a spec that only some clouds have, by capability; `C` narrows the lists of values. */
export interface SpecFeatures<C extends Capabilities> extends PartFeatures {
  readonly architecture: Common<C, 'architecture'>
  /** What happens when the main container ends by itself. Default `'never'`. */
  readonly restart: Common<C, 'restart'>
  /** Who may reach the ports. Default: the widest that the cloud offers for nothing more than asking. */
  readonly expose: Common<C, 'expose'>
  readonly volumes: Readonly<Record<string, VolumeSpec<Common<C, 'volumes'>>>>
  readonly sidecars: Readonly<Record<string, string extends C['name'] ? AnySidecarSpec : SidecarSpec<C>>>
  readonly initContainers: Readonly<
    Record<string, string extends C['name'] ? AnyInitContainerSpec : InitContainerSpec<C>>
  >
  readonly gpu: { readonly count: number; readonly kind?: string | undefined }
  /** Cheaper capacity that the cloud may take back. */
  readonly spot: boolean
  /** Places to try, in order. */
  readonly regions: readonly string[]
}

/**
 * What to run, in no cloud's own words: one container, with all that the group around it may hold. What the cloud of `C` cannot do
 * is typed `Unsupported<'… does not support …'>`.
 */
export interface ContainerSpec<C extends Capabilities = AnyCapabilities> extends BaseSpec, FeatureFields<C> {
  /** The escape hatch: an adapter's own fields, by the adapter's name. Hashed and redacted like the rest. */
  readonly options?: OptionsFields<C> | undefined
}

/** A spec as `containerSpec()` gives it back: what it asks for, and that it asks for nothing else. */
export type Sealed<S> = S & {
  readonly [K in Exclude<keyof SpecFeatures<AnyCapabilities>, keyof S>]?: undefined
}

/** Brands the fields of `S` that no spec has. */
export type UnknownFields<S> = {
  readonly [K in Exclude<keyof S, keyof ContainerSpec>]: Unsupported<`a container spec has no ${K & string}`>
}
