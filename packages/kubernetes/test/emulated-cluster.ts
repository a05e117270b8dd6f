import type { Provider } from '@berth/core'
import { type Emulator, type EmulatorOptions, startEmulator } from '@berth/emulator'
import {
  type AskApiServer,
  askApiServer,
  readEmulated,
} from '../../conformance/test/kubernetes/ask-api-server.ts'
import { type KubernetesCapabilities, kubernetes } from '../src/index.ts'

/** An emulated cluster with a provider of it. */
export interface EmulatedCluster extends AsyncDisposable {
  readonly emulator: Emulator
  readonly provider: Provider<KubernetesCapabilities>
  /** Asks the cluster without the adapter. */
  readonly ask: AskApiServer
}

/** Starts a cluster whose Pods are child processes. */
export async function emulatedCluster(options: EmulatorOptions = {}): Promise<EmulatedCluster> {
  const emulator = await startEmulator({
    services: ['kubernetes'],
    backend: 'process',
    name: `kubernetes-test-${process.pid}-${Math.random().toString(36).slice(2, 7)}`,
    tls: false,
    timeScale: 10,
    kubernetes: { nodes: [{ cpu: 1_000, memoryInGiB: 1_000 }] },
    ...options,
  })
  const { KUBECONFIG = '' } = emulator.environment
  const provider = kubernetes({
    kubeconfig: KUBECONFIG,
    expose: 'private',
    // By the emulator's time scale, which the cluster's own waits keep to.
    unschedulableAfterMs: 6_000,
  })
  return {
    emulator,
    provider,
    ask: askApiServer(await readEmulated(KUBECONFIG)),
    async [Symbol.asyncDispose]() {
      await provider.close()
      await emulator.close()
    },
  }
}
