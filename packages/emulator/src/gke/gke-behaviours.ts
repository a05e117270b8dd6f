import type { Behaviour } from '../provenance/behaviour.ts'

const gke = { service: 'gke' } as const
const google = { service: 'google' } as const
const assumed = { provenance: 'assumed', source: '' } as const
const documented = (source: string, date: string) => ({ provenance: 'documented', source, date }) as const
const SPECIFICATION = documented('API specification and protos of the client', '2026')
const RESOURCES = documented('Resource requests in Autopilot', '2026')
const SECURITY = documented('Autopilot security measures', '2026')

/** What Google does for every API, and what GKE does. */
export const GKE_BEHAVIOURS: readonly Behaviour[] = [
  {
    ...google,
    ...documented('RFC 8693; Security Token Service', '2026'),
    what: 'an access token is given for the token of a federated identity, and for nothing else',
  },
  { ...google, ...assumed, what: 'a token lives an hour', changedBy: 'google.tokenLifetimeInMs' },
  { ...google, ...SPECIFICATION, what: 'errors: code, message and status as JSON; the same by gRPC' },
  {
    ...google,
    ...SPECIFICATION,
    what: 'a missing, unknown or expired token is UNAUTHENTICATED; another project PERMISSION_DENIED',
  },
  {
    ...gke,
    ...SPECIFICATION,
    what: 'GetCluster, ListClusters (of all locations by -), GetServerConfig, ListOperations, GetOperation, by REST and gRPC; clusters are made and deleted by the options alone',
  },
  {
    ...gke,
    ...SPECIFICATION,
    what: 'endpoints: public and private addresses, and one by DNS',
    changedBy: 'google.clusters',
  },
  { ...gke, ...assumed, what: 'an unknown cluster is NOT_FOUND, in every location' },
  {
    ...gke,
    ...documented('Authenticating to the Kubernetes API server', '2026'),
    what: "a cluster's API server takes Google's access tokens; whoever has one is the cluster's administrator here",
  },
  {
    ...gke,
    ...RESOURCES,
    what: 'Autopilot, general purpose: 0.5 vCPU, 2 GiB and 1 GiB of ephemeral storage for whoever asks for nothing; below 50m and 52 MiB (before 1.30.2: 250m and 512 MiB) raised; 1 to 6.5 GiB a vCPU, the lesser raised; above 30 vCPU and 110 GiB refused',
    changedBy: 'google.clusters',
  },
  {
    ...gke,
    ...SECURITY,
    what: 'Autopilot refuses host namespaces, host ports, privileged containers, and directories of the node but those below /var/log',
  },
  { ...gke, ...assumed, what: 'the words and the status (400) of these refusals' },
  { ...gke, ...assumed, what: 'Pods of compute classes and of arm64 are not changed' },
]
