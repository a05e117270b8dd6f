import { ArmError } from '../arm/arm-error.ts'
import type { ArmRequest } from '../arm/arm-operation.ts'
import { jsonResponse } from '../arm/json-response.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { AciParts } from './aci-parts.ts'
import { retryAfter } from './answer-group.ts'
import { tenMillionths } from './async-operation.ts'

/** How an operation goes: its status and, once it has ended, the events of its group until then. A failed one is a 200 too. */
export function getOperation({ parameters }: ArmRequest, parts: AciParts): WireResponse {
  const { operations, dialect } = parts
  const { operationId = '' } = parameters
  const operation = operations.get(operationId)
  if (!operation) throw new ArmError(404, 'OperationNotFound', `The operation '${operationId}' is not found.`)
  const { status, startedInMs, events, failure } = operation
  return jsonResponse(
    200,
    {
      id: operation.groupId,
      status,
      startTime: tenMillionths(startedInMs),
      properties: { events: dialect.events === 'complete' ? events : [] },
      ...(failure && dialect.operationErrors && { error: failure }),
    },
    status === 'Pending' ? retryAfter(dialect.retryAfterInSeconds) : {},
  )
}
