import { BerthError, type BerthErrorCode } from '@berth/core'

/** What a failure of Google's API or of signing in there means, and what to do about it. */
interface Meaning {
  readonly code: BerthErrorCode
  readonly advice?: string | undefined
  readonly retryable?: boolean | undefined
}

/** What Google's client throws: an error with the API's status as a number, by gRPC's count. */
interface StatusError extends Error {
  readonly code?: number | string
  /** By gRPC the message alone; by REST a list of what else there is to say. */
  readonly details?: unknown
}

export const SIGN_IN = 'sign in: gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS'
const NOT_FOUND = 5
const BY_STATUS: Readonly<Record<number, Meaning>> = {
  3: { code: 'invalid-spec' },
  4: { code: 'unavailable', retryable: true },
  [NOT_FOUND]: { code: 'not-found' },
  7: {
    code: 'permission',
    advice: 'give this account the role in docs/providers/gke.md: roles/container.clusterViewer at the least',
  },
  8: { code: 'rate-limited', retryable: true },
  9: { code: 'conflict' },
  12: { code: 'unsupported' },
  13: { code: 'unavailable', retryable: true },
  14: { code: 'unavailable', retryable: true },
  16: { code: 'authentication', advice: SIGN_IN },
}
/** Broken in these ways, a request never reached anybody: repeating at once helps nobody. */
const NEVER_SENT = /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/
/** What OAuth calls a credential that is good no more; its client passes the status of HTTP on besides. */
const NO_GRANT = /\b(?:invalid_grant|invalid_rapt|invalid_client|unauthorized_client|invalid_token)\b/
const NO_CREDENTIALS =
  /default credentials|access token|credential_source|credentials? (?:file|json)|GOOGLE_APPLICATION_CREDENTIALS|reauth/i

/**
 * What a failure of Google's API or of signing in means. The only place where they become Berth's; what is neither (a BerthError, an abort's reason) is
 * given back as it is.
 */
export function mapGkeError(error: unknown): unknown {
  if (!(error instanceof Error) || BerthError.isInstance(error) || error.name === 'AbortError') return error
  if (error instanceof TypeError && error.message.startsWith('gke: '))
    return new BerthError({ code: 'invalid-spec', message: error.message })
  const { code, advice, retryable } = meaningOf(error)
  return new BerthError({
    code,
    message: ['gke', wordsOf(error), advice].filter(Boolean).join(': '),
    retryable: retryable ?? false,
    cause: error,
  })
}

/** Whether a call failed because what it is about is not there. */
export function isAbsent(error: unknown): boolean {
  return statusOf(error) === NOT_FOUND
}

function meaningOf(error: Error): Meaning {
  const words = `${error.message} ${String(error.cause ?? '')}`
  if (NEVER_SENT.test(words)) {
    return {
      code: 'unavailable',
      advice: "is there a way to Google's API from here? gcloud container clusters list asks the same",
    }
  }
  if (/has not been used in project|SERVICE_DISABLED|it is disabled/.test(words)) {
    return { code: 'permission', advice: 'turn the API on: gcloud services enable container.googleapis.com' }
  }
  if (NO_GRANT.test(words)) return { code: 'authentication', advice: SIGN_IN }
  const byStatus = BY_STATUS[statusOf(error) ?? -1]
  if (byStatus) return byStatus
  if (NO_CREDENTIALS.test(words)) return { code: 'authentication', advice: SIGN_IN }
  return { code: 'unavailable', retryable: true }
}

function statusOf(error: unknown): number | undefined {
  const { code } = (error ?? {}) as StatusError
  return typeof code === 'number' && code > 0 && code < 17 ? code : undefined
}

/** Without the number that gRPC's client puts before it. */
function wordsOf({ message, details }: StatusError): string {
  const text = typeof details === 'string' && details !== '' ? details : message.replace(/^\d+ [A-Z_]+: /, '')
  return text.trim().replace(/\s+/g, ' ').replace(/\.$/, '').slice(0, 500)
}
