import type { TokenIssuer } from '../identity/token-issuer.ts'
import type { WireRequest } from '../server/wire-message.ts'
import { ArmError } from './arm-error.ts'

const AUDIENCES = ['https://management.azure.com', 'https://management.core.windows.net']

/** Lets a request in by its bearer token. Throws ARM's 401 where there is none, or none that is good. */
export function authenticate(request: WireRequest, issuer: TokenIssuer, tenantId: string): void {
  const header = request.headers.authorization
  if (!header)
    throw refusal(
      tenantId,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
    )
  const token = /^bearer (\S+)$/i.exec(header)?.[1]
  if (!token)
    throw refusal(
      tenantId,
      'AuthenticationFailedInvalidHeader',
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    )
  const check = issuer.check(token, (audience) => isArm(audience, request.url))
  if (check.valid) return
  if (check.reason === 'expired')
    throw refusal(
      tenantId,
      'ExpiredAuthenticationToken',
      `The access token expiry UTC time '${spell(check.expiredAt)}' is earlier than current UTC time '${spell(check.now)}'.`,
    )
  if (check.reason === 'audience')
    throw refusal(
      tenantId,
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${check.audience}'. It should exactly match with one of the allowed audiences '${AUDIENCES.map((one) => `${one}/`).join(',')}'.`,
    )
  if (check.reason === 'tenant')
    throw refusal(
      tenantId,
      'InvalidAuthenticationTokenTenant',
      `The access token is from the wrong issuer '${check.issuer}'. It must match the tenant 'https://sts.windows.net/${tenantId}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${tenantId}' to get the token.`,
    )
  throw refusal(tenantId, 'InvalidAuthenticationToken', 'The access token is invalid.')
}

/** A client of another endpoint asks for a token to that endpoint by default. */
function isArm(audience: string, url: URL): boolean {
  const bare = audience.replace(/\/+$/, '')
  return AUDIENCES.includes(bare) || bare === url.origin
}

function refusal(tenantId: string, code: string, message: string): ArmError {
  const error = code === 'AuthenticationFailed' ? 'invalid_request' : 'invalid_token'
  return new ArmError(401, code, message, {
    'WWW-Authenticate': `Bearer authorization_uri="https://login.windows.net/${tenantId}", error="${error}", error_description="${message.replaceAll('"', "'")}"`,
  })
}

/** `3/19/2023 8:55:46 AM` */
function spell(date: Date): string {
  return date.toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll('\u202f', ' ')
}
