import { UsageError } from '../invocation/usage-error.ts'

/** `KEY=VALUE`, or `KEY` alone. Throws UsageError for an empty key; the message never shows the value, which may be a secret. */
export function parseAssignment(
  text: string,
  option: string,
): { readonly key: string; readonly value: string | undefined } {
  const equals = text.indexOf('=')
  const key = equals < 0 ? text : text.slice(0, equals)
  if (key === '') throw new UsageError(`${option}: the name before '=' is empty; write ${option} NAME=VALUE`)
  return { key, value: equals < 0 ? undefined : text.slice(equals + 1) }
}
