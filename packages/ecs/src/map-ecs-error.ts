import { BerthError, isNeverSent } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import { meaningOf } from './ecs-error-meaning.ts'

/** What a failed call was about, for the message. */
export interface EcsSubject {
  /** The run: its name, or the task's id. */
  readonly ref?: string | undefined
  readonly image?: string | undefined
}

/** Broken in these ways, a request was not even signed. */
const NEVER_SIGNED: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ProviderError',
])

/**
 * What a failure of the services or of signing in means. The only place where they become Berth's; what is neither (a BerthError, an abort's
 * reason) is given back as it is.
 */
export function mapEcsError(error: unknown, subject: EcsSubject = {}): unknown {
  if (isNoRegion(error)) {
    return new BerthError({
      code: 'invalid-spec',
      message: 'ecs: no region is named: set AWS_REGION, run aws configure, or write ecs({ region })',
      cause: error,
    })
  }
  if (error instanceof TypeError && error.message.startsWith('ecs: '))
    return new BerthError({ code: 'invalid-spec', message: error.message })
  if (!AwsError.isInstance(error)) return error
  const meaning = meaningOf(error)
  return new BerthError({
    code: meaning.code,
    message: [
      subjectWords(subject, error),
      `${plain(error.message || 'it failed')}${error.message.includes(error.code) ? '' : ` (${error.code})`}`,
      meaning.advice,
    ]
      .filter(Boolean)
      .join(': '),
    retryable: meaning.retryable,
    requestId: error.requestId,
    cause: error,
    outcomeUnknown: isOutcomeUnknown(error),
  })
}

/** Whether a call failed because what it is about is not there. */
export function isAbsent(error: AwsError): boolean {
  return meaningOf(error).code === 'not-found'
}

/** An order whose answer was lost, or that a server gave up, may have taken effect all the same. */
function isOutcomeUnknown({ operation, status, code }: AwsError): boolean {
  if (operation !== 'RunTask') return false
  return status === undefined ? !isNeverSent(code) && !NEVER_SIGNED.has(code) : status >= 500
}

/** The SDK looks for a region only when it needs one. */
function isNoRegion(error: unknown): boolean {
  return error instanceof Error && /region is missing/i.test(error.message)
}

function subjectWords({ ref, image }: EcsSubject, { operation }: AwsError): string {
  const run = [ref, image && `(${image})`].filter(Boolean).join(' ')
  return run ? `${run}: ${operation}` : operation
}

/** So that it can stand within a sentence. */
function plain(text: string): string {
  return text.trim().replace(/\.$/, '')
}
