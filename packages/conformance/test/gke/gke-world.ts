import { startEmulator } from '@berth/emulator'
import type { ConformanceWorld, ForeignObject } from '../../src/index.ts'
import { workloadsOf } from '../emulated/backend-workloads.ts'
import { type AskGke, askGke, listGke } from './ask-gke.ts'

/** An emulated project of its own. */
export interface GkeWorld {
  readonly world: ConformanceWorld
  dispose(): Promise<void>
}

const ROOMY = { cpu: 1_000, memoryInGiB: 1_000 }

/** Starts an emulator and points this process, and those that it starts, at it. */
export async function gkeWorld(backend: 'docker' | 'process'): Promise<GkeWorld> {
  const emulator = await startEmulator({
    services: ['gke'],
    backend,
    name: `conformance-gke-${backend}`,
    tls: false,
    // What a node lets pass by the minute, as back-offs, goes by in seconds.
    timeScale: 10,
    kubernetes: { nodes: [ROOMY, ROOMY] },
    google: { clusters: { conformance: { autopilot: false } } },
  })
  Object.assign(process.env, emulator.environment)
  const ask = askGke()
  const { workloads, truth } = workloadsOf(backend)
  return {
    world: {
      workloads,
      exclusive: true,
      inspect: () => listGke(ask),
      createForeign: () => createForeign(ask, workloads.sleep()),
      otherProcess: {
        module: new URL('./gke-provider.ts', import.meta.url).href,
        execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
      },
      truth,
      concurrency: 20,
    },
    dispose: () => emulator.close(),
  }
}

/** A Pod that looks a little like ours, and is not. */
async function createForeign(
  ask: AskGke,
  { image, command }: ReturnType<ConformanceWorld['workloads']['sleep']>,
): Promise<ForeignObject> {
  const pods = '/api/v1/namespaces/default/pods'
  const name = `foreign-berth-${globalThis.crypto.randomUUID()}`
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
