import type { ArmRequest } from '../arm/arm-operation.ts'
import { findFault } from '../fault/find-fault.ts'
import type { WireResponse } from '../server/wire-message.ts'
import { noCapacity, transitioning } from './aci-errors.ts'
import type { AciParts } from './aci-parts.ts'
import { operationHeaders } from './answer-group.ts'
import type { ContainerGroup } from './container-group.ts'
import { requireGroup } from './find-group.ts'
import { beginOperation, endOperation, newLife, provisionGroup } from './provision-group.ts'
import { requestedResources } from './validation/validate-group-resources.ts'

/** POST …/stop: 204 at once; the group is stopped when it reads Stopped. Its place and address are given back. */
export function stopGroup(request: ArmRequest, parts: AciParts): WireResponse {
  const group = steadyGroup(request, parts)
  const { life } = group
  if (life) {
    group.transition = 'stopping'
    void life
      .end({ keepLogs: true })
      .catch(() => {})
      .then(() => {
        group.keptLogs = life.keptLogs
        group.lastLife = life
        group.life = null
        group.address = null
        if (group.transition === 'stopping') group.transition = null
      })
  }
  return { status: 204 }
}

/** POST …/start: 202; a stopped group is placed anew, maybe on another address. One that has ended is started in place, one that runs goes on. */
export function startGroup(request: ArmRequest, parts: AciParts): WireResponse {
  const group = steadyGroup(request, parts)
  refuseByFault(request, group)
  group.operation = beginOperation(group, parts)
  const headers = operationHeaders(request, group.operation, parts)
  const { life } = group
  if (life && !life.hasEnded) {
    endOperation(group.operation, 'Succeeded', life)
    return { status: 202, headers }
  }
  group.provisioningState = 'Pending'
  if (life) {
    void provisionGroup(group, life, () => life.restart())
  } else {
    const placed = newLife(group, request.effects, parts)
    void provisionGroup(group, placed, () => placed.provision())
  }
  return { status: 202, headers }
}

/** POST …/restart: 204 at once; every container is ended and started in place. */
export function restartGroup(request: ArmRequest, parts: AciParts): WireResponse {
  const group = steadyGroup(request, parts)
  const { life } = group
  if (!life) return { ...startGroup(request, parts), status: 204 }
  group.operation = beginOperation(group, parts)
  group.provisioningState = 'Pending'
  void provisionGroup(group, life, () => life.restart())
  return { status: 204 }
}

/** Throws a 409 while something else happens to it. */
function steadyGroup(request: ArmRequest, parts: AciParts): ContainerGroup {
  const group = requireGroup(request, parts)
  if (group.transition) throw transitioning(group.name)
  return group
}

function refuseByFault({ effects }: ArmRequest, { location, properties }: ContainerGroup): void {
  if (findFault(effects, 'capacity')?.when === 'at-once')
    throw noCapacity(location, {
      ...requestedResources(properties),
      osType: properties.osType ?? 'Linux',
    })
}
