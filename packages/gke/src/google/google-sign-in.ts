import type { AuthClient } from 'google-auth-library'

/** Who calls Google, loaded and looked up at the first need. */
export interface GoogleSignIn {
  /** The client that signs calls. */
  client(): Promise<AuthClient>
  /** A token that is good now: kept while it lasts, asked for anew five minutes before its end. */
  token(): Promise<string>
  /** The project that the credentials belong to; undefined where they tell none. */
  project(): Promise<string | undefined>
}

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

/** Application Default Credentials, or a client of the caller's own. Does nothing yet. */
export function googleSignIn(own: AuthClient | undefined): GoogleSignIn {
  const found = lazily(async () => {
    const { GoogleAuth } = await import('google-auth-library')
    return new GoogleAuth({ scopes: SCOPE, ...(own && { authClient: own }) })
  })
  const client = lazily(async () => own ?? (await (await found()).getClient()))
  return {
    client,
    token: async () => {
      const { token } = await (await client()).getAccessToken()
      if (!token) throw new Error('the credentials gave no access token')
      return token
    },
    project: async () => {
      try {
        return (await (await found()).getProjectId()) || undefined
      } catch {
        // It is told that none is named; that is what can be mended.
        return undefined
      }
    },
  }
}

/** Once, and again only after it failed. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
