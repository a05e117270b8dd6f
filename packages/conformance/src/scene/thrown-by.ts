import assert from 'node:assert/strict'
import { BerthError, type BerthErrorCode } from '@berth/core'

/** What a promise rejects with. Fails where it resolves. */
export async function thrownBy(promise: Promise<unknown>, what: string): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new assert.AssertionError({ message: `${what} must throw, but resolved` })
}

/** The BerthError that a promise rejects with, of one of these codes. Fails for everything else. */
export async function berthErrorOf(
  promise: Promise<unknown>,
  what: string,
  ...codes: readonly BerthErrorCode[]
): Promise<BerthError> {
  const error = await thrownBy(promise, what)
  if (!BerthError.isInstance(error)) {
    throw new assert.AssertionError({
      message: `${what} must throw a BerthError, but threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    })
  }
  if (codes.length > 0 && !codes.includes(error.code)) {
    throw new assert.AssertionError({
      message: `${what} must throw ${codes.join(' or ')}, but threw ${error.code}: ${error.message}`,
      actual: error.code,
      expected: codes.join(' or '),
    })
  }
  return error
}
