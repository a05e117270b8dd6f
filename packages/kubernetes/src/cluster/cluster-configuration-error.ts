const MARKER = Symbol.for('berth.cluster-configuration-error')

/** `not-found`: nothing names a cluster; `invalid`: what does cannot be used; `credentials`: what it says to sign in with does not work. */
export type ConfigurationProblem = 'not-found' | 'invalid' | 'credentials'

/** What a kubeconfig, or what stands in its place, says cannot be used. */
export class ClusterConfigurationError extends Error {
  readonly problem: ConfigurationProblem
  readonly [MARKER] = true

  constructor(problem: ConfigurationProblem, message: string) {
    super(message)
    this.name = 'ClusterConfigurationError'
    this.problem = problem
  }

  static isInstance(value: unknown): value is ClusterConfigurationError {
    return typeof value === 'object' && value !== null && MARKER in value
  }
}
