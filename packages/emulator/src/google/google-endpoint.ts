import findMyWay, { type HTTPMethod } from 'find-my-way'
import { jsonResponse } from '../arm/json-response.ts'
import type { Call, Endpoint } from '../server/endpoint.ts'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import { exchangeToken, TOKEN_PATH } from './exchange-token.ts'
import { GoogleError } from './google-error.ts'
import type { GoogleOperation } from './google-operation.ts'
import { type GoogleParts, performOperation } from './perform-operation.ts'

/** Google's APIs by REST, and the service that gives the tokens for them. */
export function googleEndpoint(
  parts: GoogleParts,
  identity: { readonly subjectToken: string; readonly audience: string },
): Endpoint {
  const router = findMyWay({ ignoreTrailingSlash: true })
  for (const operation of parts.operations) router.on(operation.method, operation.path, () => {}, operation)
  return {
    name: 'google',
    understand(wire) {
      if (wire.method === 'POST' && wire.url.pathname === TOKEN_PATH) {
        return {
          subject: { service: 'google-sts', operation: 'ExchangeToken' },
          perform: async () => exchangeToken(wire, { ...identity, issuer: parts.issuer }),
        }
      }
      const route = router.find(wire.method as HTTPMethod, wire.url.pathname)
      if (!route) throw new UnknownPath(wire.url.pathname)
      return understand(wire, route.store as GoogleOperation, route.params as Record<string, string>, parts)
    },
    toResponse,
    complete: (response) => ({
      ...response,
      headers: {
        Server: 'ESF',
        'X-Content-Type-Options': 'nosniff',
        Vary: 'Origin, X-Origin, Referer',
        ...response.headers,
      },
    }),
  }
}

class UnknownPath extends Error {}

function understand(
  wire: WireRequest,
  operation: GoogleOperation,
  parameters: Record<string, string>,
  parts: GoogleParts,
): Call {
  const { service, name, nameParameter } = operation
  return {
    subject: {
      service,
      operation: name,
      region: parameters.location,
      name: nameParameter && parameters[nameParameter],
    },
    perform: async (effects) => {
      const { authorization } = wire.headers
      return jsonResponse(200, performOperation(operation, { authorization, parameters, effects }, parts))
    },
  }
}

function toResponse(error: unknown): WireResponse {
  if (error instanceof UnknownPath) {
    // What stands before all APIs knows no JSON.
    const body = `<!DOCTYPE html>\n<title>Error 404 (Not Found)!!1</title>\n<p>The requested URL <code>${error.message}</code> was not found on this server.\n`
    return { status: 404, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body }
  }
  if (!(error instanceof GoogleError)) {
    // A mistake of the emulator's own: told on its terminal, since a client is told no more than by the real one.
    console.error('berth emulator:', error)
  }
  const told =
    error instanceof GoogleError ? error : new GoogleError('INTERNAL', 'Internal error encountered.')
  const { httpStatus: code, message, status } = told
  return jsonResponse(code, { error: { code, message, status } })
}
