import type { GkeCluster } from './gke-cluster.ts'
import type { GkeOptions } from './gke-options.ts'
import { type GkePlace, readPlace } from './gke-place.ts'
import { type ContainerApi, containerApi } from './google/container-api.ts'
import { type GoogleSignIn, googleSignIn } from './google/google-sign-in.ts'

/** Whom Google is asked as, for what, and what was found: what every verb works with. */
export interface GkeAccount {
  readonly place: GkePlace
  readonly signIn: GoogleSignIn
  readonly api: ContainerApi
  readonly access: GkeOptions['access']
  /** The cluster, once it was found. */
  cluster: GkeCluster | undefined
  /** The question for it that is under way. */
  opening: Promise<GkeCluster> | undefined
}

export function gkeAccount(options: GkeOptions): GkeAccount {
  const signIn = googleSignIn(options.credentials)
  const endpoint = options.endpoint ?? (process.env.CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER || undefined)
  return {
    place: readPlace(options),
    signIn,
    api: containerApi({ endpoint, transport: options.transport, signIn }),
    access: options.access,
    cluster: undefined,
    opening: undefined,
  }
}
