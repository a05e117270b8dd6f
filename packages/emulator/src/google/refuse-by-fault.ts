import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import { GoogleError, statusFor } from './google-error.ts'

/** Throws what the faults have the API say. */
export function refuseByFault(effects: readonly FaultEffect[]): void {
  if (findFault(effects, 'throttle') || findFault(effects, 'quota')) {
    throw new GoogleError(
      'RESOURCE_EXHAUSTED',
      "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'container.googleapis.com'.",
    )
  }
  const error = findFault(effects, 'error')
  if (error)
    throw new GoogleError(
      statusFor(error.status),
      error.message ?? `This was asked for by a fault rule: ${error.code}.`,
      error.status,
    )
}
