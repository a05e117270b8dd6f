import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { claimAddress } from '../backend/process/claim-address.ts'
import type { EmulatorOptions } from '../emulator-options.ts'
import { makeCertificate } from '../server/certificate.ts'
import { listen } from '../server/listener.ts'
import type { RequestLog } from '../server/request-log.ts'
import type { World } from '../world.ts'
import { makeApiService, makeClusterObjects } from './cluster-objects.ts'
import { EventRecorder } from './events/event-recorder.ts'
import { collectGarbage } from './garbage/collect-garbage.ts'
import { kubeconfig } from './kubeconfig.ts'
import { kubernetesDialect } from './kubernetes-dialect.ts'
import { kubernetesEndpoint } from './kubernetes-endpoint.ts'
import { clusterSettings, type NodeSettings } from './kubernetes-options.ts'
import type { ClusterNode } from './kubernetes-parts.ts'
import { emptyNamespaces, namespaceStrategy } from './namespace-strategy.ts'
import { ObjectStore } from './objects/object-store.ts'
import { PodController } from './pod/pod-controller.ts'
import { podStrategy } from './pod/pod-strategy.ts'
import { PodLogs } from './pod/read-pod-log.ts'
import { ObjectOperations } from './rest/object-operations.ts'
import type { RestParts } from './rest/rest-parts.ts'
import { secretStrategy } from './secret-strategy.ts'
import { ServiceController } from './service/service-controller.ts'
import { serviceStrategy } from './service/service-strategy.ts'
import { SessionServer } from './session/session-server.ts'

export interface StartedKubernetes {
  /** `https://127.0.0.1:41234` */
  readonly server: string
  /** Of its certificate, in PEM. */
  readonly certificateAuthority: string
  /** The administrator's bearer token. */
  readonly token: string
  readonly endpoints: Readonly<Record<string, string>>
  /** KUBECONFIG: a file that only this user can read, removed at close. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** A cluster: its API server, and nodes on which Pods really run. */
export async function startKubernetes({
  world,
  log,
  options,
  acceptsToken,
}: {
  readonly world: World
  readonly log: RequestLog
  readonly options: EmulatorOptions
  /** Whether another service has issued a token for this cluster. Default: none has. */
  readonly acceptsToken?: ((token: string) => boolean) | undefined
}): Promise<StartedKubernetes> {
  const settings = clusterSettings(options.kubernetes)
  const dialect = kubernetesDialect(options.dialects?.kubernetes)
  const { faults, time, closing, clocks } = world
  const { frontEnd: clock } = clocks
  const store = new ObjectStore({ now: () => clock.read(), keptChanges: dialect.keptChanges })
  const addresses = await Promise.all(settings.nodes.map(() => claimAddress()))
  const nodes = settings.nodes.map((node, index) =>
    clusterNode(node, index, { world, address: addresses[index]?.host ?? '127.0.0.1' }),
  )
  const rest: RestParts = {
    world,
    dialect,
    store,
    nodes,
    events: new EventRecorder(store),
    strategies: {
      namespaces: namespaceStrategy,
      secrets: secretStrategy,
      services: serviceStrategy(store),
      pods: podStrategy({ store, dialect, world, begin: (pod, effects) => pods.begin(pod, effects) }),
    },
  }
  const pods = new PodController(rest)
  const services = new ServiceController(rest, pods)
  const certificate = await makeCertificate()
  collectGarbage(rest)
  emptyNamespaces(rest)
  makeClusterObjects(rest, {
    namespaces: settings.namespaces,
    certificateAuthority: certificate.certificate,
  })
  const gate = { token: settings.token, acceptsToken }
  const sessions = new SessionServer({ cluster: rest, pods, gate, log })
  const endpoint = kubernetesEndpoint({
    gate,
    sessions,
    rest,
    operations: new ObjectOperations(rest, new PodLogs(rest, pods)),
  })
  const port = options.port ?? 0
  const https = await listen(
    { endpoint, faults, log, time, closing, clock, description: world.describe('kubernetes') },
    // The three before it are ARM's and AWS'.
    { port: port === 0 ? 0 : port + 3, certificate },
  ).catch(async (error: unknown) => {
    await certificate.remove()
    throw error
  })
  makeApiService(rest, new URL(https.origin))
  const directory = await mkdtemp(join(tmpdir(), 'berth-emulator-kubernetes-'))
  const file = join(directory, 'kubeconfig')
  const { token } = settings
  const access = { server: https.origin, certificateAuthority: certificate.certificate, token }
  await writeFile(file, kubeconfig(access), { mode: 0o600 })
  return {
    ...access,
    endpoints: { kubernetes: https.origin },
    environment: { KUBECONFIG: file },
    async close() {
      sessions.close()
      services.close()
      for (const address of addresses) address.release()
      await https.close()
      await pods.close()
      await certificate.remove()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function clusterNode(
  settings: NodeSettings,
  index: number,
  { world, address }: { readonly world: World; readonly address: string },
): ClusterNode {
  const { nodes } = world.clocks
  const clock = nodes[index % nodes.length] ?? nodes[0]
  return { ...settings, clock, address, images: new Set() }
}
