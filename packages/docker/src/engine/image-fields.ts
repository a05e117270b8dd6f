/** Fields of an image. */
export interface ImageInspect {
  readonly Id: string
  readonly RepoTags: readonly string[] | null
  readonly RepoDigests: readonly string[] | null
  readonly Created?: string
  /** Bytes on disk, all layers. */
  readonly Size: number
  readonly Os: string
  /** As Go names it: `amd64`. */
  readonly Architecture: string
  readonly Variant?: string
  readonly Config: ImageConfig | null
}

/** What containers of an image get unless they say otherwise. */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[] | null
  readonly Cmd?: readonly string[] | null
  readonly Env?: readonly string[] | null
  readonly ExposedPorts?: Readonly<Record<string, object>> | null
  readonly Volumes?: Readonly<Record<string, object>> | null
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly WorkingDir?: string
  readonly User?: string
  readonly StopSignal?: string
  readonly Healthcheck?: { readonly Test?: readonly string[] | null }
}

/** Fields of an image in a list. */
export interface ImageSummary {
  readonly Id: string
  readonly RepoTags: readonly string[] | null
  readonly RepoDigests: readonly string[] | null
  /** Unix seconds. */
  readonly Created: number
  readonly Size: number
  readonly Labels: Readonly<Record<string, string>> | null
}

/** What a registry says of an image. */
export interface DistributionInspect {
  readonly Descriptor: { readonly mediaType: string; readonly digest: string; readonly size: number }
  readonly Platforms:
    | readonly { readonly os: string; readonly architecture: string; readonly variant?: string }[]
    | null
}
