import type { GoogleCluster } from '../google/google-options.ts'

/** A cluster of GKE as the API tells of it. */
export interface EmulatedCluster {
  readonly name: string
  readonly location: string
  readonly project: string
  readonly isAutopilot: boolean
  /** `1.33.4-gke.1000` */
  readonly version: string
  readonly status: NonNullable<GoogleCluster['status']>
  readonly endpoints: readonly ('dns' | 'public' | 'private')[]
  /** Where its API server answers: a host and a port. */
  readonly address: string
  /** By the name that a certificate for everybody would have. */
  readonly dnsName: string
  /** Of its certificate, as PEM. */
  readonly certificateAuthority: string
  readonly createdAt: Date
}
