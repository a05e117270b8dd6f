/** What a container refers to is not there, or does not fit. It may come to be. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}
