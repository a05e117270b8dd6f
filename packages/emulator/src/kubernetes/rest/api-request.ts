import type { FaultEffect } from '../../fault/fault-rule.ts'
import type { WireRequest } from '../../server/wire-message.ts'
import type { Target } from './read-target.ts'

/** A request for objects, once its caller was let in. */
export interface ApiRequest {
  readonly wire: WireRequest
  readonly target: Target
  /** What strikes it that the transport does not bring about. */
  readonly effects: readonly FaultEffect[]
}

/** Whether it only wants to know what would happen. */
export function isDryRun({ wire }: ApiRequest): boolean {
  return wire.url.searchParams.get('dryRun') === 'All'
}
