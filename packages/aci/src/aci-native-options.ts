import type { Secret } from '@berth/core'

/** How the service looks after one container by itself. */
export interface AciProbe {
  /** A command in the container that must end with 0. Either this or `http`. */
  readonly exec?: readonly string[] | undefined
  /** A request that must be answered with 200 to 399. */
  readonly http?:
    | {
        readonly path: string
        readonly port: number
        readonly scheme?: 'http' | 'https' | undefined
        readonly headers?: Readonly<Record<string, string>> | undefined
      }
    | undefined
  readonly initialDelaySeconds?: number | undefined
  /** Default: the service's, 10. */
  readonly periodSeconds?: number | undefined
  /** Default: the service's, 3. */
  readonly failureThreshold?: number | undefined
  readonly successThreshold?: number | undefined
  /** Default: the service's, 1. */
  readonly timeoutSeconds?: number | undefined
}

/**
 * What `spec.options.aci` takes: fields that only Azure Container Instances has. They concern the whole group; those of one container
 * stand under its name.
 */
export interface AciNativeOptions {
  /** `<label>.<region>.azurecontainer.io` becomes the run's name. 5 to 63 letters, digits and hyphens, the first a letter. */
  readonly dnsLabel?: string | undefined
  /** Who may take the label again: then a hash is added to it, other than with `Unsecure`, the service's default. */
  readonly dnsLabelScope?:
    | 'Noreuse'
    | 'ResourceGroupReuse'
    | 'SubscriptionReuse'
    | 'TenantReuse'
    | 'Unsecure'
    | undefined
  /** The delegated subnet that the run is put into, by its resource id. Its address is then a private one. */
  readonly subnetIds?: readonly string[] | undefined
  readonly dns?:
    | {
        readonly nameServers: readonly string[]
        readonly searchDomains?: string | undefined
        readonly options?: string | undefined
      }
    | undefined
  /** One availability zone: `['1']`. */
  readonly zones?: readonly string[] | undefined
  /** `'system'`, or the resource ids of user-assigned identities, or both. */
  readonly identity?: { readonly system?: boolean; readonly user?: readonly string[] } | undefined
  /** Registries that a user-assigned identity may pull from, by the registry's host: the identity's resource id. */
  readonly registryIdentities?: Readonly<Record<string, string>> | undefined
  readonly sku?: 'Standard' | 'Dedicated' | 'Confidential' | undefined
  /** Sends the output to a Log Analytics workspace. */
  readonly logAnalytics?:
    | {
        readonly workspaceId: string
        readonly workspaceKey: Secret
        readonly logType?: 'ContainerInsights' | 'ContainerInstanceLogs' | undefined
        readonly metadata?: Readonly<Record<string, string>> | undefined
        readonly workspaceResourceId?: string | undefined
      }
    | undefined
  /** By container name (`main`): the service starts a container again that fails it. */
  readonly livenessProbes?: Readonly<Record<string, AciProbe>> | undefined
  /** By container name (`main`): what the service itself calls ready. Berth's `ready` is asked from outside and needs none. */
  readonly readinessProbes?: Readonly<Record<string, AciProbe>> | undefined
  /**
   * How `files` come into a container. `'copy'` (the default): a small container of the same image copies the directory and adds them, which
   * needs a shell in the image and takes a second or two. `'mount'`: a secret volume of its own for each directory, which needs nothing, but
   * hides what the image has there, and knows no permission bits.
   */
  readonly files?: 'copy' | 'mount' | undefined
  /** Further members of the group's `properties`, in the service's own words, for what is not listed here. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}
