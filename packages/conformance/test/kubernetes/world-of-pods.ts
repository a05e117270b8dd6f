import type { ConformanceWorld, ForeignObject } from '../../src/index.ts'
import { workloadsOf } from '../emulated/backend-workloads.ts'
import { type AskApiServer, listRuns } from './ask-api-server.ts'

/** A node on which a crowd finds room. */
export const ROOMY = { cpu: 1_000, memoryInGiB: 1_000 } as const

/** The world of an emulated cluster, whoever's adapter runs Pods there. */
export function worldOfPods({
  backend,
  ask,
  providerModule,
  concurrency,
}: {
  readonly backend: 'docker' | 'process'
  readonly ask: AskApiServer
  readonly providerModule: string
  readonly concurrency: number
}): ConformanceWorld {
  const { workloads, truth } = workloadsOf(backend)
  return {
    workloads,
    exclusive: true,
    inspect: () => listRuns(ask),
    createForeign: () => createForeign(ask, workloads.sleep()),
    otherProcess: {
      module: providerModule,
      execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
    },
    truth,
    concurrency,
  }
}

/** A Pod that looks a little like ours, and is not. */
async function createForeign(
  ask: AskApiServer,
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
