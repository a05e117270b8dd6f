/** Credentials for one registry, as the engine takes them. All of it is secret; never log it. */
export interface RegistryAuth {
  /** The registry they are for: `127.0.0.1:5000`, `https://index.docker.io/v1/` for Docker Hub. */
  readonly serveraddress?: string
  readonly username?: string
  readonly password?: string
  /** A refresh token in the place of user and password. */
  readonly identitytoken?: string
  /** A bearer token for the registry itself. */
  readonly registrytoken?: string
}

/** The X-Registry-Auth header, as headers of a request; none without credentials. */
export function registryAuthHeader(auth: RegistryAuth | null | undefined): Record<string, string> {
  if (!auth) return {}
  // base64url, but padded: engines decode it strictly, and older ones ignore the header when they cannot
  const encoded = Buffer.from(JSON.stringify(auth))
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
  return { 'x-registry-auth': encoded }
}
