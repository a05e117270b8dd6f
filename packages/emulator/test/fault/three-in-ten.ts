import type { FaultEffect, FaultRule } from '../../src/index.ts'

/** What goes wrong with three of ten calls of some operations, in one way as often as in another. */
export function threeInTen(operation: string, effects: readonly FaultEffect[]): readonly FaultRule[] {
  return effects.map((effect) => ({ match: { operation, probability: 0.3 / effects.length }, effect }))
}

/** What goes wrong with a call of any operation, where the service words an error of its own like this. */
export function usualFaults(serverError: string): readonly FaultEffect[] {
  return [
    { kind: 'reset' },
    { kind: 'lost-request' },
    { kind: 'lost-response' },
    { kind: 'slow', delayInMs: 5_000 },
    { kind: 'throttle', retryAfterInSeconds: 1 },
    { kind: 'error', status: 500, code: serverError, message: 'An internal error occurred.' },
  ]
}

/** What goes wrong besides with an order. */
export const LACK_OF_ROOM: readonly FaultEffect[] = [
  { kind: 'capacity', when: 'at-once' },
  { kind: 'capacity', when: 'afterwards' },
]
