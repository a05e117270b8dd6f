import { redact } from '@berth/core'

/**
 * Words of ours from a closed vocabulary, and instants. They carry nothing of a user's, the page's own logic rests on them, and masking them
 * would tell which word the secret is.
 */
const VERBATIM = new Set([
  ...[
    'schema',
    'createdAt',
    'requestedAt',
    'status',
    'unit',
    'assumptions',
    'name',
    'from',
    'to',
    'flags',
    'contains',
  ],
  ...['currency', 'billedFrom', 'billedUntil'],
])

/** The same data with every known secret masked in every text of it. */
export function redactReport<Data>(data: Data): Data {
  return redacted(data) as Data
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(redacted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, VERBATIM.has(key) ? part : redacted(part)]),
  )
}
