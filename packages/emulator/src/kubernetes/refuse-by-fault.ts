import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import { StatusError } from './status-error.ts'

/** Refuses a call for the faults that every resource has words for. @throws StatusError */
export function refuseByFault(effects: readonly FaultEffect[]): void {
  const throttle = findFault(effects, 'throttle')
  if (throttle)
    throw new StatusError(
      429,
      'TooManyRequests',
      'The server is currently unable to handle the request: too many requests, please try again later',
      { retryAfterSeconds: throttle.retryAfterInSeconds ?? 1 },
    )
  const error = findFault(effects, 'error')
  if (error)
    throw new StatusError(
      error.status,
      error.code,
      error.message ?? `This was asked for by a fault rule: ${error.code}.`,
    )
}
