import type { EmulatedCluster } from './emulated-cluster.ts'

/** The name of the operation that has made a cluster. */
export function creationOf({ name, createdAt }: EmulatedCluster): string {
  return `operation-${createdAt.getTime()}-${Buffer.from(name).toString('hex').padEnd(8, '0').slice(0, 8)}`
}

/** The one operation that is known of a cluster: the one that has made it. */
export function renderOperation(cluster: EmulatedCluster): object {
  const { project, location, name, createdAt } = cluster
  const at = `https://container.googleapis.com/v1/projects/${project}/locations/${location}`
  const operation = creationOf(cluster)
  return {
    name: operation,
    operationType: 'CREATE_CLUSTER',
    status: 'DONE',
    selfLink: `${at}/operations/${operation}`,
    targetLink: `${at}/clusters/${name}`,
    location,
    startTime: createdAt.toISOString(),
    endTime: createdAt.toISOString(),
  }
}
