import { BerthError, isNeverSent } from '@berth/core'
import { type AciSubject, meaningOf } from './aci-error-meaning.ts'
import { ArmError } from './arm/arm-error.ts'
import { isCredentialError } from './arm/is-credential-error.ts'

/**
 * What a failure of the service or of signing in means. The only place where they become Berth's; what is neither (a BerthError, an abort's
 * reason) is given back as it is.
 */
export function mapAciError(error: unknown, subject: AciSubject = {}): unknown {
  if (isCredentialError(error)) return mapCredentialError(error)
  if (!ArmError.isInstance(error)) return error
  const meaning = meaningOf(error, subject)
  const code = error.code === undefined ? '' : ` (${error.code})`
  return new BerthError({
    code: meaning.code,
    message: [
      subjectWords(subject, error),
      [error.message, ...error.details].map(plain).join('; ') + code,
      meaning.advice,
    ]
      .filter(Boolean)
      .join(': '),
    retryable: meaning.retryable,
    retryAfterInMs: meaning.retryAfterInMs,
    requestId: error.requestId,
    cause: error,
    outcomeUnknown: isOutcomeUnknown(error),
  })
}

/** Whether a call failed because what it is about is not there. */
export function isAbsent(error: unknown): boolean {
  return (
    ArmError.isInstance(error) &&
    error.status === 404 &&
    error.code !== 'ResourceGroupNotFound' &&
    error.code !== 'SubscriptionNotFound'
  )
}

/** Whether a call failed because the group is just being changed. */
export function isTransitioning(error: unknown): boolean {
  return ArmError.isInstance(error) && error.code === 'ContainerGroupTransitioning'
}

/** A creating request whose answer was lost, or that a gateway gave up, may have taken effect all the same. */
function isOutcomeUnknown({ method, status, code }: ArmError): boolean {
  if (method !== 'PUT') return false
  return status === undefined ? !isNeverSent(code) : status >= 500
}

function mapCredentialError(error: Error): BerthError {
  // The chain tells of each link that failed; the first lines say enough for a person.
  const words = error.message.split('\n').slice(0, 3).map(plain).join('; ')
  return new BerthError({
    code: 'authentication',
    message: `no access token for Azure: ${words}: sign in with az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET`,
    retryable: false,
    cause: error,
  })
}

function subjectWords({ ref, image }: AciSubject, { method, path }: ArmError): string {
  const run = [ref, image && `(${image})`].filter(Boolean).join(' ')
  return run || `${method} ${path}`
}

/** So that it can stand within a sentence. */
function plain(text: string): string {
  return text.trim().replace(/\.$/, '')
}
