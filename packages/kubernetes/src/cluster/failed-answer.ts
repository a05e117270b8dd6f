import type { IncomingMessage } from 'node:http'
import type { ClusterRequest } from './cluster-client.ts'
import { ClusterError } from './cluster-error.ts'
import type { Status } from './status.ts'

/** Long texts of a gateway that stands in for the server say no more than their beginning. */
const LONGEST_TEXT = 500

/** What an answer that refuses says. */
export function failedAnswer(
  { method, path }: Pick<ClusterRequest, 'method' | 'path'>,
  { statusCode, headers }: Pick<IncomingMessage, 'statusCode' | 'headers'>,
  text: string,
): ClusterError {
  const status = parseStatus(text)
  const retryAfter = Number(headers['retry-after'] ?? status?.details?.retryAfterSeconds)
  return new ClusterError({
    method,
    path,
    status: statusCode,
    reason: status?.reason,
    message: status?.message ?? (text.slice(0, LONGEST_TEXT).trim() || `it answered with ${statusCode}`),
    causes: (status?.details?.causes ?? []).map(({ field, message, reason }) =>
      [field, message ?? reason].filter(Boolean).join(': '),
    ),
    retryAfterInMs: Number.isFinite(retryAfter) ? retryAfter * 1_000 : undefined,
    sent: true,
  })
}

function parseStatus(text: string): Status | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    const isStatus = typeof parsed === 'object' && parsed !== null && 'kind' in parsed
    return isStatus && parsed.kind === 'Status' ? (parsed as Status) : undefined
  } catch {
    return undefined
  }
}
