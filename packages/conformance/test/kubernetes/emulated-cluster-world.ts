import { type EmulatorOptions, startEmulator } from '@berth/emulator'
import type { ConformanceWorld, ForeignObject } from '../../src/index.ts'
import { workloadsOf } from '../emulated/backend-workloads.ts'
import { type AskCluster, askEmulatedCluster, listEmulatedCluster } from './ask-emulated-cluster.ts'

/** An emulated cluster of its own. */
export interface EmulatedClusterWorld {
  readonly world: ConformanceWorld
  dispose(): Promise<void>
}

type Dialect = NonNullable<NonNullable<EmulatorOptions['dialects']>['kubernetes']>

/** How old the cluster is, and what it does otherwise: BERTH_KUBERNETES_DIALECT, as `{ "minorVersion": 20 }`. Default: its defaults. */
export function chosenDialect(): Dialect {
  return JSON.parse(process.env.BERTH_KUBERNETES_DIALECT ?? '{}') as Dialect
}

/** Starts an emulator and points this process, and those that it starts, at it. */
export async function emulatedClusterWorld(backend: 'docker' | 'process'): Promise<EmulatedClusterWorld> {
  const emulator = await startEmulator({
    services: ['kubernetes'],
    backend,
    name: `conformance-kubernetes-${backend}`,
    tls: false,
    // What a node lets pass by the minute, as back-offs, goes by in seconds.
    timeScale: 10,
    // What the adapter promises of the bytes of logs is what the oldest runtimes keep.
    dialects: { kubernetes: { logBytes: 'text', ...chosenDialect() } },
    kubernetes: {
      nodes: [
        { cpu: 1_000, memoryInGiB: 1_000 },
        { cpu: 1_000, memoryInGiB: 1_000 },
      ],
    },
  })
  const { KUBECONFIG = '' } = emulator.environment
  Object.assign(process.env, { KUBECONFIG })
  const ask = await askEmulatedCluster(KUBECONFIG)
  const { workloads, truth } = workloadsOf(backend)
  return {
    world: {
      workloads,
      exclusive: true,
      inspect: () => listEmulatedCluster(ask),
      createForeign: () => createForeign(ask, workloads.sleep()),
      otherProcess: {
        module: new URL('./kubernetes-provider.ts', import.meta.url).href,
        execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
      },
      truth,
      concurrency: 30,
    },
    dispose: () => emulator.close(),
  }
}

/** A Pod that looks a little like ours, and is not. */
async function createForeign(
  ask: AskCluster,
  { image, command }: ReturnType<ConformanceWorld['workloads']['sleep']>,
): Promise<ForeignObject> {
  const name = `foreign-berth-${globalThis.crypto.randomUUID()}`
  const pods = '/api/v1/namespaces/default/pods'
  await ask('POST', pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'berth-expires': '1', 'com.example.berth-run': 'x' } },
    spec: { containers: [{ name: 'main', image, command }] },
  })
  return {
    exists: async () => (await ask('GET', `${pods}/${name}`)) !== null,
    remove: async () => {
      await ask('DELETE', `${pods}/${name}`, { gracePeriodSeconds: 1 })
      while ((await ask('GET', `${pods}/${name}`)) !== null)
        await new Promise((resolve) => setTimeout(resolve, 100))
    },
  }
}
