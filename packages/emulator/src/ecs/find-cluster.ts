import type { Cluster } from './cluster.ts'
import { clusterNotFound } from './ecs-errors.ts'
import type { EcsRegion } from './ecs-region.ts'

/** By name or ARN; without either it is `default`. Throws where there is none that is active. */
export function requireCluster(identifier: string | undefined, { clusters }: EcsRegion): Cluster {
  const cluster = clusters.get(clusterName(identifier))
  if (cluster?.status !== 'ACTIVE') throw clusterNotFound()
  return cluster
}

export function clusterName(identifier = 'default'): string {
  return identifier.replace(/^arn:[^/]*:cluster\//, '')
}
