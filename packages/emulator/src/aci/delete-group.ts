import type { ArmRequest } from '../arm/arm-operation.ts'
import { realNow } from '../clock/real-time.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { AciParts } from './aci-parts.ts'
import { answerGroup } from './answer-group.ts'
import type { ContainerGroup } from './container-group.ts'
import { findGroup } from './find-group.ts'

/** DELETE: 200 with the group as it was, at once; 204 where there is none. What it ran may take a while to go. */
export function deleteGroup(request: ArmRequest, parts: AciParts): WireResponse {
  const left = parts.quota.admit('deletes', request.parameters.subscriptionId ?? '')
  const group = findGroup(request, parts)
  if (!group) return { status: 204, headers: left }
  const answer = answerGroup(200, group, request, parts, left)
  if (group.transition !== 'deleting') void removeGroup(group, parts)
  return answer
}

/** Ends a group and forgets it. Never rejects; what the backend cannot remove stays until the emulator closes. */
export async function removeGroup(
  group: ContainerGroup,
  { world, dialect, groups }: AciParts,
): Promise<void> {
  group.transition = 'deleting'
  group.deletedAt = realNow()
  if (dialect.provisioningStates === '2025') group.provisioningState = 'Deleting'
  const { removing } = world.profile.draw(
    { service: 'aci', image: group.properties.containers?.[0]?.properties?.image ?? '' },
    world.random.numbers(`aci ${group.resourceGroup}/${group.name}`),
  )
  await Promise.allSettled([
    group.life?.end({ keepLogs: false }),
    world.time.pass(removing + dialect.deleteLingersInMs, world.closing),
  ])
  groups.delete(group)
}
