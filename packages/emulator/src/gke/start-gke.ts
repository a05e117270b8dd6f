import type { EmulatorOptions } from '../emulator-options.ts'
import type { GoogleOperation } from '../google/google-operation.ts'
import type { GoogleAccount, GoogleCluster } from '../google/google-options.ts'
import type { TokenIssuer } from '../google/token-issuer.ts'
import type { RequestLog } from '../server/request-log.ts'
import type { World } from '../world.ts'
import { gkeOperations } from './gke-operations.ts'
import { kubeconfigUpstream } from './proxy/kubeconfig-upstream.ts'
import type { Upstream } from './proxy/upstream.ts'
import { type StartedCluster, startCluster } from './start-cluster.ts'
import { startOwnKubernetes } from './start-own-kubernetes.ts'

export interface GkeService {
  readonly operations: readonly GoogleOperation[]
  /** Where the clusters' API servers answer, by `gke-<name>`. */
  readonly endpoints: Readonly<Record<string, string>>
  close(): Promise<void>
}

export interface GkeParts {
  readonly world: World
  readonly log: RequestLog
  readonly options: EmulatorOptions
  readonly account: GoogleAccount
  readonly issuer: TokenIssuer
}

/** The clusters of the project, and what the API tells of them. */
export async function startGke(parts: GkeParts): Promise<GkeService> {
  const started: StartedCluster[] = []
  const close = async () => void (await Promise.all(started.map((cluster) => cluster.close())))
  try {
    for (const [name, settings] of Object.entries(parts.account.clusters)) {
      const upstream = await upstreamOf(settings, parts)
      const cluster = startCluster(name, settings, upstream, parts)
      started.push(
        await cluster.catch(async (error: unknown) => {
          await upstream.close()
          throw error
        }),
      )
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    operations: gkeOperations(started.map(({ cluster }) => cluster)),
    endpoints: Object.fromEntries(started.map(({ cluster, origin }) => [`gke-${cluster.name}`, origin])),
    close,
  }
}

async function upstreamOf({ kubeconfig }: GoogleCluster, parts: GkeParts): Promise<Upstream> {
  return kubeconfig === undefined ? await startOwnKubernetes(parts) : await kubeconfigUpstream(kubeconfig)
}
