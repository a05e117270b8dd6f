import type { ResourceType } from './resource-type.ts'

/** What a refusal says beside its message. */
export interface StatusDetails {
  readonly name?: string
  readonly group?: string
  readonly kind?: string
  readonly uid?: string
  readonly causes?: readonly StatusCause[]
  readonly retryAfterSeconds?: number
}

export interface StatusCause {
  readonly reason?: string
  readonly message?: string
  readonly field?: string
}

/** A refusal in the API server's own words: an object of kind Status. */
export class StatusError extends Error {
  override readonly name = 'StatusError'
  readonly code: number
  /** `NotFound`, `AlreadyExists`. */
  readonly reason: string
  readonly details: StatusDetails | undefined

  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
  }

  toStatus(): object {
    const { code, reason, message, details } = this
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason !== '' && { reason }),
      ...(details && { details }),
      code,
    }
  }
}

type Named = Pick<ResourceType, 'group' | 'resource'>

export function notFound(type: Named, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualified(type)} ${JSON.stringify(name)} not found`, {
    name,
    ...detailsOf(type),
  })
}

export function alreadyExists(type: Named, name: string): StatusError {
  return new StatusError(409, 'AlreadyExists', `${qualified(type)} ${JSON.stringify(name)} already exists`, {
    name,
    ...detailsOf(type),
  })
}

export function conflict(type: Named, name: string, why: string): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(type)} ${JSON.stringify(name)}: ${why}`,
    { name, ...detailsOf(type) },
  )
}

export function forbidden(type: Named, name: string, why: string): StatusError {
  return new StatusError(
    403,
    'Forbidden',
    `${qualified(type)} ${JSON.stringify(name)} is forbidden: ${why}`,
    { name, ...detailsOf(type) },
  )
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message)
}

/** Each cause names its field. */
export function invalid(kind: string, name: string, causes: readonly StatusCause[]): StatusError {
  const told = causes.map(({ field, message }) => `${field}: ${message}`)
  const list = told.length === 1 ? told[0] : `[${told.join(', ')}]`
  return new StatusError(422, 'Invalid', `${kind} ${JSON.stringify(name)} is invalid: ${list}`, {
    name,
    kind,
    causes,
  })
}

export function unknownPath(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})
}

export function methodNotAllowed(type: Named): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    detailsOf(type),
  )
}

export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message)
}

function qualified({ group, resource }: Named): string {
  return group === '' ? resource : `${resource}.${group}`
}

function detailsOf({ group, resource }: Named): StatusDetails {
  return { ...(group !== '' && { group }), kind: resource }
}
