import type { BaseRun } from '@berth/core'
import type { Workloads } from '../../src/index.ts'
import { workloads as docker, truth as dockerTruth } from '../docker/docker-world.ts'
import { workloads as child, truth as processTruth } from '../process/process-world.ts'

/** What runs on an emulated cloud is what its backend can run. */
export function workloadsOf(backend: 'docker' | 'process'): {
  readonly workloads: Workloads
  readonly truth: (run: BaseRun) => Promise<number>
} {
  return backend === 'docker'
    ? { workloads: docker, truth: dockerTruth }
    : { workloads: child, truth: processTruth }
}
