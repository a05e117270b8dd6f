const marker = Symbol.for('berth.docker.EngineError')

/** What is known of a failed call. */
export interface EngineErrorDetails {
  /** HTTP method. */
  readonly method: string
  /** Path without version prefix and query. */
  readonly path: string
  /** HTTP status where the engine answered. */
  readonly status?: number | undefined
  /** The system's code where it did not: ECONNREFUSED, ENOENT, EACCES, ECONNRESET, ETIMEDOUT … */
  readonly code?: string | undefined
  /** Whether the request may have reached the engine: then the outcome is unknown unless there is a status. */
  readonly sent: boolean
  readonly cause?: unknown
}

/** A call to the engine failed: refused by the engine (`status`), or without an answer from it (`code`). */
export class EngineError extends Error implements EngineErrorDetails {
  override readonly name = 'EngineError'
  readonly [marker] = true
  readonly method: string
  readonly path: string
  readonly status: number | undefined
  readonly code: string | undefined
  readonly sent: boolean

  constructor(message: string, details: EngineErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.method = details.method
    this.path = details.path
    this.status = details.status
    this.code = details.code
    this.sent = details.sent
  }

  /** Whether a value is this error, also when it comes from another installed copy of the package. */
  static isInstance(value: unknown): value is EngineError {
    return typeof value === 'object' && value !== null && marker in value
  }
}
