/** What kind of failure a {@link RunnerError} tells of; an adapter maps these to its own codes. */
export type RunnerErrorCode =
  /** A group of that name exists already, or a port asked for is taken. */
  | 'conflict'
  /** No group, or no container in the group, has that name. */
  | 'not-found'
  /** The image is not in the catalogue. */
  | 'unknown-image'
  /** The group's supervisor could not begin. */
  | 'start-failed'
  /** The container is not running, so nothing can be executed in it, signalled or restarted. */
  | 'not-running'
  /** The state directory or a supervisor does not answer as it should. */
  | 'unavailable'

const marker = Symbol.for('@berth/process/RunnerError')

/** The one error that the runner throws for what goes wrong outside the program's own arguments. */
export class RunnerError extends Error {
  override readonly name = 'RunnerError'
  readonly code: RunnerErrorCode
  readonly [marker] = true

  constructor(code: RunnerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  /** Whether `value` is a RunnerError, also one of another installed copy of this package. */
  static isInstance(value: unknown): value is RunnerError {
    return value instanceof Error && marker in value
  }
}

/** The `code` of a system error such as ENOENT; undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
