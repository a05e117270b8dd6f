const MARKER = Symbol.for('berth.aws-error')

export interface AwsErrorParts {
  readonly operation: string
  /** The service's own word, or the connection's: `ThrottlingException`, `ECONNREFUSED`. */
  readonly name: string
  /** Undefined where no answer came. */
  readonly status?: number | undefined
  readonly message: string
  readonly requestId?: string | undefined
  /** What a conflict is with, by ARN. */
  readonly resourceIds?: readonly string[] | undefined
}

/** A call to AWS that failed, without the SDK's own error: that one can hold the request. */
export class AwsError extends Error {
  readonly operation: string
  /** The service's own word for it. */
  readonly code: string
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly resourceIds: readonly string[]
  readonly [MARKER] = true

  constructor({ operation, name, status, message, requestId, resourceIds = [] }: AwsErrorParts) {
    super(message)
    this.name = 'AwsError'
    this.operation = operation
    this.code = name
    this.status = status
    this.requestId = requestId
    this.resourceIds = resourceIds
  }

  /** Whether a value is one, of whichever copy of this package. */
  static isInstance(value: unknown): value is AwsError {
    return typeof value === 'object' && value !== null && MARKER in value
  }
}

/** What the SDK threw, as an AwsError; what is none of its failures as it is. */
export function toAwsError(error: unknown, operation: string): unknown {
  if (!(error instanceof Error)) return error
  const thrown = error as SdkError
  const { httpStatusCode: status, requestId } = thrown.$metadata ?? {}
  const isAnswer = thrown.$fault !== undefined || status !== undefined
  if (!isAnswer && thrown.code === undefined && !SDK_NAMES.test(thrown.name)) return error
  return new AwsError({
    operation,
    name: isAnswer ? thrown.name : (thrown.code ?? thrown.name),
    status: isAnswer ? status : undefined,
    message: thrown.message,
    requestId,
    resourceIds: thrown.resourceIds,
  })
}

/** The SDK's own failures before and on the wire. */
const SDK_NAMES = /^(?:Timeout|Abort|Credentials|Provider|TokenProvider|SSO)\w*Error$|^TimeoutError$/

interface SdkError extends Error {
  readonly $fault?: 'client' | 'server'
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  readonly code?: string
  readonly resourceIds?: readonly string[]
}
