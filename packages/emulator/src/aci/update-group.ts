import { isDeepStrictEqual } from 'node:util'
import type { ArmRequest } from '../arm/arm-operation.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { AciParts } from './aci-parts.ts'
import { answerGroup, operationHeaders } from './answer-group.ts'
import { assignIdentity } from './assign-identity.ts'
import type { ContainerGroup } from './container-group.ts'
import type { GroupBody, GroupPropertiesBody } from './group-body.ts'
import { beginOperation, endOperation, newLife, provisionGroup } from './provision-group.ts'
import { validateUpdate } from './validation/validate-update.ts'

/** A PUT on a group that is there: all its containers are restarted in place, by the new spec. What the spec leaves out is gone. */
export async function updateGroup(
  group: ContainerGroup,
  body: GroupBody & { readonly properties: GroupPropertiesBody },
  request: ArmRequest,
  parts: AciParts,
): Promise<WireResponse> {
  const { dialect, account } = parts
  validateUpdate(group.name, group.properties, body.properties)
  const isSame = isDeepStrictEqual(group.properties, body.properties)
  const keepsPod = isDeepStrictEqual(group.properties.volumes, body.properties.volumes)
  group.tags = body.tags ?? {}
  group.zones = body.zones
  group.identity = assignIdentity(body.identity, group.identity, account.tenantId)
  group.properties = body.properties
  group.operation = beginOperation(group, parts)
  const headers = operationHeaders(request, group.operation, parts)
  if (isSame && dialect.identicalPut === 'keeps' && group.life) {
    endOperation(group.operation, 'Succeeded', group.life)
    return answerGroup(200, group, request, parts, headers)
  }
  group.provisioningState = dialect.provisioningStates === '2025' ? 'Updating' : 'Pending'
  group.transition = 'provisioning'
  group.succeededAt = null
  const answer = answerGroup(200, group, request, parts, headers)
  void replaceLife(group, keepsPod, request, parts)
  return answer
}

/** Ends the containers and starts those of the new spec, in the same pod where its volumes are the same. Never rejects. */
async function replaceLife(
  group: ContainerGroup,
  keepsPod: boolean,
  { effects }: ArmRequest,
  parts: AciParts,
): Promise<void> {
  const { life: before } = group
  const ended = keepsPod ? before?.halt() : before?.end({ keepLogs: false }).then(() => null)
  // What cannot be ended is left aside, and goes with the backend; the new ones get a pod of their own.
  const pod = await ended?.catch(() => null)
  const life = newLife(group, effects, parts, pod ?? undefined)
  await provisionGroup(group, life, () => life.provision())
}
