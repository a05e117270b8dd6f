import { randomUUID } from 'node:crypto'
import { invalid } from './aci-errors.ts'
import type { IdentityBody } from './group-body.ts'

const TYPES = ['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned', 'None']

/** A group's identity with the principals that it is given. A principal that it had stays. */
export function assignIdentity(
  asked: IdentityBody | undefined,
  before: IdentityBody | undefined,
  tenantId: string,
): IdentityBody | undefined {
  if (!asked?.type || asked.type === 'None') return undefined
  if (!TYPES.includes(asked.type))
    throw invalid(
      'InvalidIdentityType',
      `The identity type '${asked.type}' is invalid. The value must be one of '${TYPES.join(';')}'.`,
    )
  const had = (before ?? {}) as { principalId?: string; userAssignedIdentities?: Record<string, unknown> }
  const ofUser = Object.keys(asked.userAssignedIdentities ?? {}).map((id) => [
    id,
    had.userAssignedIdentities?.[id] ?? { principalId: randomUUID(), clientId: randomUUID() },
  ])
  return {
    ...(ofUser.length > 0 && { userAssignedIdentities: Object.fromEntries(ofUser) }),
    ...(asked.type.includes('SystemAssigned') && { principalId: had.principalId ?? randomUUID() }),
    tenantId,
    type: asked.type,
  } as IdentityBody
}
