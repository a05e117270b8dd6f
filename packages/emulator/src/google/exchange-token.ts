import { timingSafeEqual } from 'node:crypto'
import { jsonResponse } from '../arm/json-response.ts'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import type { TokenIssuer } from './token-issuer.ts'

export const TOKEN_PATH = '/v1/token'
const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const SUBJECT_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:jwt'

/** Google's Security Token Service: whoever shows the token of the federated identity is given an access token, in the form of RFC 8693. */
export function exchangeToken(
  { body }: Pick<WireRequest, 'body'>,
  {
    issuer,
    subjectToken,
    audience,
  }: { readonly issuer: TokenIssuer; readonly subjectToken: string; readonly audience: string },
): WireResponse {
  const form = new URLSearchParams(body.toString())
  if (form.get('grant_type') !== GRANT)
    return refuse('unsupported_grant_type', `The grant type must be ${GRANT}.`)
  if (form.get('audience') !== audience)
    return refuse('invalid_target', 'The target service indicated by the "audience" parameters is invalid.')
  if (!isSame(form.get('subject_token') ?? '', subjectToken))
    return refuse('invalid_grant', 'The subject token is not of this identity provider, or has expired.')
  const { token, lifetimeInSeconds } = issuer.issue()
  return jsonResponse(200, {
    access_token: token,
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: lifetimeInSeconds,
  })
}

function refuse(error: string, description: string): WireResponse {
  return jsonResponse(400, { error, error_description: description })
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
