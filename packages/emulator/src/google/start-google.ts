import { randomBytes } from 'node:crypto'
import type { EmulatorOptions } from '../emulator-options.ts'
import { type GkeService, startGke } from '../gke/start-gke.ts'
import { listen } from '../server/listener.ts'
import type { RequestLog } from '../server/request-log.ts'
import type { World } from '../world.ts'
import { writeCredentialFile } from './credential-file.ts'
import { TOKEN_PATH } from './exchange-token.ts'
import { googleEndpoint } from './google-endpoint.ts'
import { type GoogleAccount, googleAccount } from './google-options.ts'
import { listenByGrpc } from './grpc-listener.ts'
import { TokenIssuer } from './token-issuer.ts'

export interface StartedGoogle {
  readonly account: GoogleAccount
  readonly endpoints: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** A pool that belongs to no project: of one that does, clients ask Google itself which it is. */
const AUDIENCE = '//iam.googleapis.com/locations/global/workforcePools/berth/providers/emulator'

/** Google: the Container API by REST and gRPC, what gives the tokens for it, and the clusters that it tells of. */
export async function startGoogle({
  world,
  log,
  options,
}: {
  readonly world: World
  readonly log: RequestLog
  readonly options: EmulatorOptions
}): Promise<StartedGoogle> {
  const account = googleAccount(options.google)
  const { faults, time, closing } = world
  const { frontEnd: clock } = world.clocks
  const issuer = new TokenIssuer({ clock, lifetimeInMs: account.tokenLifetimeInMs })
  const subjectToken = randomBytes(32).toString('base64url')
  const opened: { close(): Promise<void> }[] = []
  const closeAll = async () => {
    for (const one of opened.reverse()) await one.close()
  }
  try {
    const gke: GkeService = await startGke({ world, log, options, account, issuer })
    opened.push(gke)
    const parts = { account, issuer, operations: gke.operations }
    const endpoint = googleEndpoint(parts, { subjectToken, audience: AUDIENCE })
    const port = options.port ?? 0
    // The four before it are ARM's, AWS' and Kubernetes'.
    const rest = await listen(
      { endpoint, faults, log, time, closing, clock, description: world.describe('gke') },
      { port: port === 0 ? 0 : port + 4 },
    )
    opened.push(rest)
    const grpc = await listenByGrpc(parts, { world, log, port: port === 0 ? 0 : port + 5 })
    opened.push(grpc)
    const file = await writeCredentialFile({
      audience: AUDIENCE,
      subjectToken,
      tokenUrl: `${rest.origin}${TOKEN_PATH}`,
    })
    opened.push({ close: file.remove })
    return {
      account,
      endpoints: { google: rest.origin, 'google-grpc': grpc.origin, ...gke.endpoints },
      environment: environmentOf(account, rest.origin, file.path),
      close: closeAll,
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

function environmentOf(
  { project, location, clusters }: GoogleAccount,
  origin: string,
  credentials: string,
): Readonly<Record<string, string>> {
  const [cluster] = Object.keys(clusters)
  return {
    GOOGLE_APPLICATION_CREDENTIALS: credentials,
    GOOGLE_CLOUD_PROJECT: project,
    // gcloud's own names of the same.
    CLOUDSDK_CORE_PROJECT: project,
    CLOUDSDK_COMPUTE_REGION: (cluster && clusters[cluster]?.location) || location,
    ...(cluster !== undefined && { CLOUDSDK_CONTAINER_CLUSTER: cluster }),
    CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: `${origin}/`,
  }
}
