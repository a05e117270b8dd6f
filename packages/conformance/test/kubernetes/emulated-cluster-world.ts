import { type KubernetesDialect, startEmulator } from '@berth/emulator'
import type { ConformanceWorld } from '../../src/index.ts'
import { chosenDialect } from '../emulated/chosen-dialect.ts'
import { askApiServer, readEmulated } from './ask-api-server.ts'
import { ROOMY, worldOfPods } from './world-of-pods.ts'

/** An emulated cluster of its own. */
export interface EmulatedClusterWorld {
  readonly world: ConformanceWorld
  dispose(): Promise<void>
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
    dialects: { kubernetes: { logBytes: 'text', ...chosenDialect<KubernetesDialect>('KUBERNETES') } },
    kubernetes: { nodes: [ROOMY, ROOMY] },
  })
  const { KUBECONFIG = '' } = emulator.environment
  Object.assign(process.env, { KUBECONFIG })
  const world = worldOfPods({
    backend,
    ask: askApiServer(await readEmulated(KUBECONFIG)),
    providerModule: new URL('./kubernetes-provider.ts', import.meta.url).href,
    concurrency: 30,
  })
  return { world, dispose: () => emulator.close() }
}
