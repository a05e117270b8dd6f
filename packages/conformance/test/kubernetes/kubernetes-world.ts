import type { ConformanceWorld, ForeignObject } from '../../src/index.ts'
import { truth, workloads } from '../docker/docker-world.ts'
import { kubectl, listCluster } from './ask-cluster.ts'

/** A cluster that others may use at the same time, whose nodes and Pods are reached from here. */
export const kubernetesWorld: ConformanceWorld = {
  workloads,
  inspect: listCluster,
  createForeign,
  otherProcess: {
    module: new URL('./kubernetes-provider.ts', import.meta.url).href,
    execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
  },
  truth,
}

/** A Pod that looks a little like ours, and is not. */
async function createForeign(): Promise<ForeignObject> {
  const name = `foreign-berth-${globalThis.crypto.randomUUID()}`
  const labels = 'berth-expires=1,com.example.berth-run=x'
  await kubectl('run', name, '--image', workloads.sleep().image, '--labels', labels, '--', 'sleep', '600')
  return {
    exists: async () => (await kubectl('get', 'pod', name, '--ignore-not-found', '-o', 'name')) !== '',
    remove: async () => void (await kubectl('delete', 'pod', name, '--grace-period=1')),
  }
}
