import type { FaultEffect } from '../fault/fault-rule.ts'
import { findFault } from '../fault/find-fault.ts'
import { ArmError } from './arm-error.ts'

/** Throws what the faults have ARM itself say; what a resource provider says by a fault is its own. */
export function refuseByFault(effects: readonly FaultEffect[]): void {
  const throttle = findFault(effects, 'throttle')
  if (throttle) {
    const seconds = throttle.retryAfterInSeconds ?? 1
    throw new ArmError(
      429,
      'TooManyRequests',
      `The request is being throttled as the limit has been reached. Please try again after '${seconds}' seconds.`,
      { 'Retry-After': String(seconds) },
    )
  }
  const error = findFault(effects, 'error')
  if (error)
    throw new ArmError(error.status, error.code, error.message ?? 'This error was asked for by a fault rule.')
}
