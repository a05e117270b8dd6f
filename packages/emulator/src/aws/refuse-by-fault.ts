import { findFault } from '../fault/find-fault.ts'
import { AwsError } from './aws-error.ts'
import type { AwsRequest } from './aws-operation.ts'
import type { AwsService } from './aws-service.ts'

/** Refuses a call for the faults that every service has words for. */
export function refuseByFault({ effects }: AwsRequest, operation: string, service: AwsService): void {
  if (findFault(effects, 'throttle')) throw service.throttled(operation)
  const error = findFault(effects, 'error')
  if (error)
    throw new AwsError(
      error.status,
      error.code,
      error.message ?? `This was asked for by a fault rule: ${error.code}.`,
    )
}
