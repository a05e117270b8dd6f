import type { ArmRequest } from '../arm/arm-operation.ts'
import { realNow } from '../clock/real-time.ts'
import { containerNotFound, groupNotFound } from './aci-errors.ts'
import type { AciParts } from './aci-parts.ts'
import type { ContainerGroup } from './container-group.ts'
import type { ContainerLife } from './container-life.ts'

/** The group that a request's path names; null where there is none, or none can be read yet. */
export function findGroup(
  { parameters }: ArmRequest,
  { groups, dialect, world }: AciParts,
): ContainerGroup | null {
  const { subscriptionId = '', resourceGroupName = '', containerGroupName = '' } = parameters
  const group = groups.get(subscriptionId, resourceGroupName, containerGroupName)
  if (group && realNow() - group.createdAt < world.time.toReal(dialect.readableAfterInMs)) return null
  return group
}

/** Throws a 404 where there is none. */
export function requireGroup(request: ArmRequest, parts: AciParts): ContainerGroup {
  const group = findGroup(request, parts)
  const { resourceGroupName = '', containerGroupName = '' } = request.parameters
  if (!group) throw groupNotFound(resourceGroupName, containerGroupName)
  return group
}

/** The container that a request's path names, of a group that runs or ran. Throws a 404. */
export function requireContainer(
  request: ArmRequest,
  parts: AciParts,
): { readonly group: ContainerGroup; readonly container: ContainerLife } {
  const group = requireGroup(request, parts)
  const { containerName = '' } = request.parameters
  const life = group.life ?? group.lastLife
  const container = [...(life?.containers ?? []), ...(life?.initContainers ?? [])].find(
    ({ name }) => name === containerName,
  )
  if (!container) throw containerNotFound(group.name, containerName)
  return { group, container }
}
