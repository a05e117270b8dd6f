import { GoogleError } from './google-error.ts'
import type { TokenIssuer } from './token-issuer.ts'

/** Lets a call in by its bearer token. Throws `UNAUTHENTICATED` where there is none, or none that is good. */
export function authenticate(authorization: string | undefined, issuer: TokenIssuer): void {
  const token = bearerToken(authorization)
  if (token === undefined) {
    throw new GoogleError(
      'UNAUTHENTICATED',
      'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    )
  }
  if (issuer.knows(token)) return
  throw new GoogleError(
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
  )
}

export function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer (\S+)$/i.exec(authorization ?? '')?.[1]
}
