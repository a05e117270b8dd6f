const marker = Symbol.for('berth.docker.EngineConfigurationError')

/**
 * Why no engine could be chosen.
 *
 * - `not-found`: no place that is looked at has an engine, or the named context does not exist
 * - `insecure`: the address would send commands (root on that machine) over a network without verified TLS
 * - `unsupported`: the address has a scheme that this client does not speak, such as ssh
 * - `invalid`: the address, a context or config.json cannot be read as what it should be
 */
export type EngineConfigurationProblem = 'not-found' | 'insecure' | 'unsupported' | 'invalid'

/** One place where an engine was looked for, and why it was not taken. */
export interface PlaceLookedAt {
  /** What the user would recognise: `DOCKER_HOST`, `unix:///var/run/docker.sock`. */
  readonly place: string
  /** Why it was passed over: `not set`, `ENOENT`, `permission denied`. */
  readonly outcome: string
}

/** No engine could be chosen; nothing was sent anywhere. The message says what to do. */
export class EngineConfigurationError extends Error {
  override readonly name = 'EngineConfigurationError'
  readonly [marker] = true
  readonly problem: EngineConfigurationProblem
  /** Every place that was looked at, in order; empty unless the problem is `not-found`. */
  readonly places: readonly PlaceLookedAt[]

  constructor(problem: EngineConfigurationProblem, message: string, places: readonly PlaceLookedAt[] = []) {
    super(message)
    this.problem = problem
    this.places = places
  }

  /** Whether a value is this error, also when it comes from another installed copy of the package. */
  static isInstance(value: unknown): value is EngineConfigurationError {
    return typeof value === 'object' && value !== null && marker in value
  }
}
