import { redact } from './redact.ts'

/** As deep as causes are looked into: deeper than any that we have seen. */
const DEPTH = 8

/**
 * An error's cause with every known secret masked. It is the very same value unless it shows one: then a copy that keeps its name, message,
 * stack and causes, for a secret would come out wherever the error is printed.
 */
export function redactCause(cause: unknown): unknown {
  const { inspect } = process.getBuiltinModule('node:util')
  const shown = inspect(cause, { depth: DEPTH, maxArrayLength: null, maxStringLength: null })
  if (redact(shown) === shown) return cause
  if (!(cause instanceof Error)) return redact(shown)
  const options = cause.cause === undefined ? undefined : { cause: redactCause(cause.cause) }
  const copy = new Error(redact(cause.message), options)
  copy.name = cause.name
  copy.stack = redact(cause.stack ?? '')
  return copy
}
