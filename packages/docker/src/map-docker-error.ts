import { BerthError } from '@berth/core'
import { meaningOf, startMeaning } from './docker-error-meaning.ts'
import { EngineConfigurationError, EngineError } from './engine/index.ts'

/** What a failed call was about, for the message. */
export interface DockerSubject {
  /** The run: `web-1a2b`. */
  readonly ref?: string | undefined
  readonly image?: string | undefined
}

/**
 * What a failure of the engine means. The only place where engine errors become Berth's; what is no error of the engine (a BerthError,
 * an abort's reason) is given back as it is.
 */
export function mapDockerError(error: unknown, subject: DockerSubject = {}): unknown {
  if (EngineConfigurationError.isInstance(error)) return mapConfigurationError(error)
  if (!EngineError.isInstance(error)) return error
  const text = engineText(error)
  const meaning = meaningOf(error, text)
  return new BerthError({
    code: meaning.code,
    message: [subjectOf(error, subject), text, meaning.advice].filter(Boolean).join(': '),
    retryable: meaning.retryable,
    cause: error,
    outcomeUnknown: error.status === undefined && error.sent && !isRead(error),
  })
}

/** Why the engine could not start a container, in its own words from the container's state. */
export function mapStartFailure(text: string, subject: DockerSubject): BerthError {
  const { code, advice, retryable } = startMeaning(text)
  const message = [subjectWords('start', subject), text, advice].filter(Boolean).join(': ')
  return new BerthError({ code, message, retryable })
}

/** Why a command could not be started in a container, in the engine's own words from the command's output. */
export function execStartFailure(
  text: string,
  { ref, command }: { readonly ref: string; readonly command: readonly string[] },
): BerthError {
  const words = text.replace(/^OCI runtime exec failed: (?:exec failed: )?/, '').replace(/: unknown$/, '')
  const missing = /exec: "?[^"]*"?: (?:stat \S+: no such file|executable file not found|no such file)/.test(
    text,
  )
  return new BerthError({
    code: missing ? 'not-found' : 'start-failed',
    message: `${ref}: the command ${command[0] ?? ''} did not start: ${words || 'the engine does not say why'}${
      missing ? '; the image has no such program' : ''
    }`,
  })
}

/** Whether a create failed because the image is not there, or only for another platform. */
export function isMissingImage(error: unknown): boolean {
  return (
    isCreateFailure(error, 404) && /no such image|does not match the specified platform/i.test(error.message)
  )
}

/** Whether a create failed because its name is taken. */
export function isNameTaken(error: unknown): boolean {
  return isCreateFailure(error, 409)
}

/** Whether a call failed because what it is about is not there. */
export function isAbsent(error: unknown): boolean {
  return EngineError.isInstance(error) && error.status === 404
}

function isCreateFailure(error: unknown, status: number): error is EngineError {
  return EngineError.isInstance(error) && error.status === status && error.path === '/containers/create'
}

function mapConfigurationError(error: EngineConfigurationError): BerthError {
  const codes = {
    'not-found': 'unavailable',
    insecure: 'invalid-spec',
    unsupported: 'unsupported',
    invalid: 'invalid-spec',
  } as const
  return new BerthError({
    code: codes[error.problem],
    message: error.message,
    retryable: false,
    cause: error,
  })
}

function isRead({ method }: EngineError): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** What the engine said, without the request that the message names first. */
function engineText({ message }: EngineError): string {
  return message.replace(/^[A-Z]+ \/\S* failed(?: with \d+)?: /, '')
}

function subjectOf({ path }: EngineError, subject: DockerSubject): string {
  if (path === '/images/create') return `${subject.image ?? 'the image'} cannot be pulled`
  const verb = /^\/(?:containers|exec)\/(?:[^/]+\/)?([a-z]+)$/.exec(path)?.[1]
  return subjectWords(verb === 'json' ? undefined : verb, subject)
}

function subjectWords(verb: string | undefined, { ref, image }: DockerSubject): string {
  const what = [ref, image && `(${image})`].filter(Boolean).join(' ')
  return [what, verb && `${verb} failed`].filter(Boolean).join(': ')
}
