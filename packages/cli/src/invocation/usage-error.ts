/** The command line, the configuration or the environment says something that cannot be. Exit code 2. */
export class UsageError extends Error {
  /** Stands in JSON as `error.candidates`: what the ambiguous or unknown word could have meant. */
  readonly candidates: readonly string[]

  constructor(
    message: string,
    options: { readonly candidates?: readonly string[]; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'UsageError'
    this.candidates = options.candidates ?? []
  }
}
