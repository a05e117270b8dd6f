/** A gRPC message, as far as it names what it is about: by one name, or by the parts of it that older clients give. */
export interface ResourceRequest {
  readonly name?: string
  readonly parent?: string
  readonly projectId?: string
  readonly zone?: string
  readonly clusterId?: string
  readonly operationId?: string
}

/**
 * What a resource's name says of each part of an operation's path.
 *
 * @param path `/v1/projects/:project/locations/:location/clusters/:cluster`
 */
export function readResourceName(path: string, request: ResourceRequest): Readonly<Record<string, string>> {
  const { projectId, zone, clusterId, operationId } = request
  const older = { project: projectId, location: zone, cluster: clusterId, operation: operationId }
  const named = (request.name || request.parent || '').split('/')
  const parts = path.split('/').slice(2)
  return Object.fromEntries(
    parts.flatMap((part, index) => {
      if (!part.startsWith(':')) return []
      const key = part.slice(1)
      return [[key, named[index] || older[key as keyof typeof older] || '']]
    }),
  )
}
