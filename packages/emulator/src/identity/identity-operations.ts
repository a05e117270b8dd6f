import type { ArmOperation, ArmRequest } from '../arm/arm-operation.ts'
import { jsonResponse } from '../arm/json-response.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { IssuedToken, TokenIssuer } from './token-issuer.ts'

/** Where App Service's managed identity answers; its older clients put a `/` behind. */
export const TOKEN_PATH = '/msi/token'

/**
 * The managed identity of Azure App Service: whoever shows the secret from its environment is given a token. Both forms: `X-IDENTITY-HEADER`
 * with api-version 2019-08-01, and `secret` with 2017-09-01.
 */
export function identityOperations(issuer: TokenIssuer, secret: string): readonly ArmOperation[] {
  return [
    {
      service: 'identity',
      name: 'ManagedIdentity_GetToken',
      method: 'GET',
      path: TOKEN_PATH,
      authentication: 'none',
      handle: (request) => giveToken(request, issuer, secret),
    },
  ]
}

function giveToken({ wire, apiVersion }: ArmRequest, issuer: TokenIssuer, secret: string): WireResponse {
  const isOldForm = apiVersion === '2017-09-01'
  if (!isOldForm && apiVersion !== '2019-08-01')
    return refuse(400, `The api-version '${apiVersion}' is not supported: 2019-08-01 or 2017-09-01.`)
  const header = isOldForm ? 'secret' : 'x-identity-header'
  const shown = wire.headers[header]
  if (shown === undefined) return refuse(400, `The header '${header}' is missing.`)
  if (shown !== secret) return refuse(401, `The value of the header '${header}' is not this environment's.`)
  const resource = wire.url.searchParams.get('resource')
  if (!resource) return refuse(400, "The parameter 'resource' is missing.")
  const clientId = wire.url.searchParams.get(isOldForm ? 'clientid' : 'client_id') ?? undefined
  const issued = issuer.issue(resource, clientId)
  return jsonResponse(200, {
    access_token: issued.token,
    expires_on: isOldForm ? oldFormDate(issued) : String(issued.expiresOn),
    resource,
    token_type: 'Bearer',
    client_id: issued.clientId,
  })
}

/** `11/05/2021 15:18:31 +00:00` */
function oldFormDate({ expiresOn }: IssuedToken): string {
  const [date, time] = new Date(expiresOn * 1_000).toISOString().split('T')
  const [year, month, day] = date?.split('-') ?? []
  return `${month}/${day}/${year} ${time?.slice(0, 8)} +00:00`
}

function refuse(statusCode: number, message: string): WireResponse {
  return jsonResponse(statusCode, { statusCode, message })
}
