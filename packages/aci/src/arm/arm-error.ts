const MARKER = Symbol.for('berth.arm-error')

export interface ArmErrorOptions {
  /** `PUT`, `GET`. */
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Undefined where no answer came. */
  readonly status?: number | undefined
  /** ARM's own code (`ResourceNotFound`), or the connection's (`ECONNREFUSED`). */
  readonly code?: string | undefined
  readonly message: string
  /** The innermost reasons, as `code: message`. */
  readonly details?: readonly string[] | undefined
  readonly retryAfterInMs?: number | undefined
  readonly requestId?: string | undefined
  readonly cause?: unknown
}

/** A call to the Azure Resource Manager that was refused or broke. */
export class ArmError extends Error {
  readonly method: string
  readonly path: string
  readonly status: number | undefined
  readonly code: string | undefined
  readonly details: readonly string[]
  readonly retryAfterInMs: number | undefined
  readonly requestId: string | undefined
  readonly [MARKER] = true

  constructor(options: ArmErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ArmError'
    this.method = options.method
    this.path = options.path
    this.status = options.status
    this.code = options.code
    this.details = options.details ?? []
    this.retryAfterInMs = options.retryAfterInMs
    this.requestId = options.requestId
  }

  static isInstance(value: unknown): value is ArmError {
    return typeof value === 'object' && value !== null && MARKER in value
  }
}
