const NAMES: ReadonlySet<string> = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
])

/** Whether somebody could not be signed in; told by the name, for there may be two copies of the SDK. */
export function isCredentialError(error: unknown): error is Error {
  return error instanceof Error && NAMES.has(error.name)
}
