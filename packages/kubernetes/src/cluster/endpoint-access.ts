import { checkServer } from './check-server.ts'
import type { ClusterAccess } from './cluster-access.ts'

/** A cluster that no kubeconfig tells of: its endpoint, the authority of its certificate, and who gives the tokens. */
export interface ClusterEndpoint {
  /** `https://34.1.2.3`. Plain HTTP for this machine alone. */
  readonly server: string
  /** The authority that signs the server's certificate, as PEM. Default: those that Node.js knows. */
  readonly certificateAuthority?: string | undefined
  /** A bearer token that is good now; asked for before every request, so keep it while it lasts. */
  readonly token: () => Promise<string>
  /** For people: `cluster demo in europe-west1`. */
  readonly description?: string | undefined
}

/** The way to such a cluster. */
export function endpointAccess({
  server,
  certificateAuthority,
  token,
  description,
}: ClusterEndpoint): ClusterAccess {
  return {
    server: checkServer(server),
    namespace: undefined,
    source: description ?? server,
    credentials: async () => ({
      headers: { Authorization: `Bearer ${await token()}` },
      ca: certificateAuthority,
    }),
  }
}
