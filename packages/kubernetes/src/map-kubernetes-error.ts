import { BerthError } from '@berth/core'
import { ClusterConfigurationError } from './cluster/cluster-configuration-error.ts'
import { ClusterError } from './cluster/cluster-error.ts'
import { type KubernetesSubject, meaningOf } from './kubernetes-error-meaning.ts'

/**
 * What a failure of the cluster means. The only place where its errors become Berth's; what is no error of a cluster (a BerthError, an
 * abort's reason) is given back as it is.
 */
export function mapKubernetesError(error: unknown, subject: KubernetesSubject = {}): unknown {
  if (ClusterConfigurationError.isInstance(error)) return mapConfigurationError(error)
  if (!ClusterError.isInstance(error)) return error
  const { code, advice, retryable } = meaningOf(error, subject)
  return new BerthError({
    code,
    message: [subjectWords(subject, error), wordsOf(error), advice].filter(Boolean).join(': '),
    retryable,
    retryAfterInMs: error.retryAfterInMs,
    cause: error,
    outcomeUnknown: isOutcomeUnknown(error),
  })
}

/** Why a command could not be started in a container, in the runtime's own words. */
export function execStartFailure(ref: string, command: readonly string[], words: string): BerthError {
  const isMissing = /no such file|executable file not found|is a directory|permission denied|not found/i.test(
    words,
  )
  const text = words.trim().replace(/\s+/g, ' ').slice(0, 500)
  return new BerthError({
    code: isMissing ? 'not-found' : 'start-failed',
    message: `${ref}: the command ${command[0] ?? ''} did not start: ${text}${
      isMissing ? '; the image has no such program, or it may not be executed' : ''
    }`,
  })
}

/** Whether a call failed because what it is about is not there. */
export function isAbsent(error: unknown): boolean {
  return ClusterError.isInstance(error) && error.status === 404 && !/namespaces? "/.test(error.message)
}

/** Whether a create failed because there is one of that name. */
export function isNameTaken(error: unknown): boolean {
  return ClusterError.isInstance(error) && error.status === 409 && error.reason === 'AlreadyExists'
}

/** Whether a change failed because the object has changed since it was read. */
export function isOutdated(error: unknown): boolean {
  return ClusterError.isInstance(error) && error.status === 409 && error.reason === 'Conflict'
}

/** A creating request whose answer was lost, or that a gateway gave up, may have taken effect all the same. */
function isOutcomeUnknown({ method, status, sent }: ClusterError): boolean {
  if (method !== 'POST') return false
  return status === undefined ? sent : status >= 500
}

function mapConfigurationError(error: ClusterConfigurationError): BerthError {
  const advice = {
    'not-found': 'point KUBECONFIG at the cluster, or get one: kind create cluster',
    invalid: 'correct it; kubectl config view shows what is in it',
    credentials: 'sign in as its plugin asks to; kubectl get pods must work too',
  }[error.problem]
  return new BerthError({
    code:
      error.problem === 'credentials'
        ? 'authentication'
        : error.problem === 'invalid'
          ? 'invalid-spec'
          : 'unavailable',
    message: `${error.message}: ${advice}`,
    retryable: false,
  })
}

function wordsOf({ message, causes }: ClusterError): string {
  const text = message.trim().replace(/\.$/, '')
  return causes.length > 1 ? `${text} (${causes.join('; ')})` : text
}

function subjectWords({ ref, image }: KubernetesSubject, { method, path }: ClusterError): string {
  return [ref, image && `(${image})`].filter(Boolean).join(' ') || `${method} ${path}`
}
