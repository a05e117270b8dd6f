import type { GkeOptions } from './gke-options.ts'

/** The cluster as far as options and variables name it. */
export interface GkePlace {
  /** Undefined: the one that the credentials belong to. */
  readonly project: string | undefined
  /** Undefined: the cluster is looked for in all of the project. */
  readonly location: string | undefined
  readonly cluster: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

/** Finds the place by options and environment, in this order. */
export function readPlace(options: GkeOptions, environment: Environment = process.env): GkePlace {
  const { GOOGLE_CLOUD_PROJECT, CLOUDSDK_CORE_PROJECT } = environment
  const { CLOUDSDK_COMPUTE_REGION, CLOUDSDK_COMPUTE_ZONE, CLOUDSDK_CONTAINER_CLUSTER } = environment
  return {
    project: options.project ?? (GOOGLE_CLOUD_PROJECT || CLOUDSDK_CORE_PROJECT || undefined),
    location: options.location ?? (CLOUDSDK_COMPUTE_REGION || CLOUDSDK_COMPUTE_ZONE || undefined),
    cluster: options.cluster ?? (CLOUDSDK_CONTAINER_CLUSTER || undefined),
  }
}
