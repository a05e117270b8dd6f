import type { AuthClient } from 'google-auth-library'
import { checkEndpoint } from './google/check-endpoint.ts'

/** Which cluster to use, and where in it. All of it may be left out: then gcloud's own variables stand. */
export interface GkeOptions {
  /** Default: `GOOGLE_CLOUD_PROJECT`, `CLOUDSDK_CORE_PROJECT`, then the one that the credentials belong to. */
  readonly project?: string | undefined
  /**
   * The cluster's region or zone. Default: `CLOUDSDK_COMPUTE_REGION`, then `CLOUDSDK_COMPUTE_ZONE`; with none of them the cluster is looked for by its name in
   * all of the project.
   */
  readonly location?: string | undefined
  /** The cluster's name. Default: `CLOUDSDK_CONTAINER_CLUSTER`. */
  readonly cluster?: string | undefined
  /** A namespace that exists. Default: `default`. */
  readonly namespace?: string | undefined
  /** Who calls. Default: Google's Application Default Credentials (`GOOGLE_APPLICATION_CREDENTIALS`, gcloud's, the machine's own). */
  readonly credentials?: AuthClient | undefined
  /** Where Google's Container API is, an emulator. Default: `CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER`, then Google's. */
  readonly endpoint?: string | undefined
  /** How the Container API is spoken to. Default `rest`, which goes through every proxy. */
  readonly transport?: 'rest' | 'grpc' | undefined
  /** By which of its endpoints the cluster is called. Default: the one by DNS where it lets everybody call, else the public address. */
  readonly access?: 'dns' | 'public' | 'private' | undefined
  /**
   * Who may reach the ports of runs whose spec does not say. Default `local`: this machine by way of the API server. `public` makes a load balancer, which
   * takes Google most of a minute.
   */
  readonly expose?: 'private' | 'public' | 'local' | undefined
  /** How long a run may find no place before that counts as lack of capacity, in milliseconds; nodes that are being added are waited for. Default 60,000. */
  readonly unschedulableAfterMs?: number | undefined
}

const FORMS: readonly (readonly [keyof GkeOptions, RegExp, string])[] = [
  ['project', /^(?:[a-z0-9.-]+:)?[a-z0-9-]{4,30}$/, "a project's id like my-project-123"],
  ['location', /^[a-z]+-[a-z]+\d+(?:-[a-z])?$/, 'a region or zone like europe-west1 or europe-west1-b'],
  ['cluster', /^[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?$/, "a cluster's name: lower case letters, digits, hyphens"],
]
const CHOICES = {
  transport: ['rest', 'grpc'],
  access: ['dns', 'public', 'private'],
} as const

/** Throws TypeError or RangeError for options that cannot be. Reads nothing. */
export function checkOptions(options: GkeOptions): void {
  for (const [name, form, words] of FORMS) {
    const value = options[name]
    if (value !== undefined && !(typeof value === 'string' && form.test(value)))
      throw new TypeError(`gke: ${name} '${String(value)}' is not ${words}`)
  }
  for (const [name, values] of Object.entries(CHOICES)) {
    const value = options[name as keyof typeof CHOICES]
    if (value !== undefined && !(values as readonly string[]).includes(value))
      throw new TypeError(`gke: ${name} '${value}' is none of ${values.join(', ')}`)
  }
  if (options.endpoint !== undefined) checkEndpoint(options.endpoint)
}
