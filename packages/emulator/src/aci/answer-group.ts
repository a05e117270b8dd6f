import type { ArmRequest } from '../arm/arm-operation.ts'
import { jsonResponse } from '../arm/json-response.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { AciParts } from './aci-parts.ts'
import { OPERATION_VERSION } from './api-versions.ts'
import type { AsyncOperation } from './async-operation.ts'
import type { ContainerGroup } from './container-group.ts'
import { renderGroup } from './render-group.ts'

/** A group, whole. */
export function answerGroup(
  status: number,
  group: ContainerGroup,
  { apiVersion }: ArmRequest,
  parts: AciParts,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  return jsonResponse(status, renderGroup(group, parts, { apiVersion, withInstanceView: true }), headers)
}

/** Where to ask how an operation goes: on the host that was asked, so that a client stays with the emulator. */
export function operationHeaders(
  { wire }: ArmRequest,
  { id, subscriptionId, location }: AsyncOperation,
  { dialect }: AciParts,
): Readonly<Record<string, string>> {
  return {
    'Azure-AsyncOperation': `${wire.url.origin}/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/${location}/operations/${id}?api-version=${OPERATION_VERSION}`,
    ...retryAfter(dialect.retryAfterInSeconds),
  }
}

export function retryAfter(seconds: number | null): Readonly<Record<string, string>> {
  return seconds === null ? {} : { 'Retry-After': String(seconds) }
}
