import { ArmError } from '../arm/arm-error.ts'
import type { ArmRequest } from '../arm/arm-operation.ts'
import { jsonResponse } from '../arm/json-response.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { AciParts } from './aci-parts.ts'
import { retryAfter } from './answer-group.ts'
import { tenMillionths } from './async-operation.ts'

/** How an operation goes: its status, and the events of its group. A failed one is a 200 too. */
export function getOperation({ parameters }: ArmRequest, parts: AciParts): WireResponse {
  const { operations, groups, dialect } = parts
  const { operationId = '' } = parameters
  const operation = operations.get(operationId)
  if (!operation) throw new ArmError(404, 'OperationNotFound', `The operation '${operationId}' is not found.`)
  const group = groups.all().find(({ id }) => id === operation.groupId)
  const life = group?.life ?? group?.lastLife
  const events = life ? [life.events, ...life.containers.map((container) => container.events)] : []
  const { status, startedInMs, failure } = operation
  return jsonResponse(
    200,
    {
      id: operation.groupId,
      status,
      startTime: tenMillionths(startedInMs),
      properties: { events: dialect.events === 'empty' ? [] : events.flatMap((log) => log.render()) },
      ...(failure && dialect.operationErrors && { error: failure }),
    },
    status === 'InProgress' ? retryAfter(dialect.retryAfterInSeconds) : {},
  )
}
