const MARKER = Symbol.for('berth.cluster-error')

export interface ClusterErrorOptions {
  /** `POST`, `GET`. */
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Undefined where no answer came. */
  readonly status?: number | undefined
  /** The API server's own word (`NotFound`, `AlreadyExists`), or the connection's (`ECONNREFUSED`). */
  readonly reason?: string | undefined
  readonly message: string
  /** What is wrong with which field, as `spec.containers[0].name: Invalid value …`. */
  readonly causes?: readonly string[] | undefined
  readonly retryAfterInMs?: number | undefined
  /** Whether the request may have reached the server. */
  readonly sent: boolean
}

/** A call to a cluster's API server that was refused or broke. It holds nothing of the request but its method and path. */
export class ClusterError extends Error {
  readonly method: string
  readonly path: string
  readonly status: number | undefined
  readonly reason: string | undefined
  readonly causes: readonly string[]
  readonly retryAfterInMs: number | undefined
  readonly sent: boolean
  readonly [MARKER] = true

  constructor(options: ClusterErrorOptions) {
    super(options.message)
    this.name = 'ClusterError'
    this.method = options.method
    this.path = options.path
    this.status = options.status
    this.reason = options.reason
    this.causes = options.causes ?? []
    this.retryAfterInMs = options.retryAfterInMs
    this.sent = options.sent
  }

  static isInstance(value: unknown): value is ClusterError {
    return typeof value === 'object' && value !== null && MARKER in value
  }
}
