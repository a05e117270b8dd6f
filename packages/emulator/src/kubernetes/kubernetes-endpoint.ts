import type { Call, Endpoint } from '../server/endpoint.ts'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import { authenticate, type Gate } from './access/authenticate.ts'
import { reviewAccess } from './access/review-access.ts'
import { discover } from './discovery/discover.ts'
import { refuseByFault } from './refuse-by-fault.ts'
import { jsonResponse } from './rest/json-response.ts'
import type { ObjectOperations } from './rest/object-operations.ts'
import { readTarget, type Target } from './rest/read-target.ts'
import type { RestParts } from './rest/rest-parts.ts'
import type { SessionServer } from './session/session-server.ts'
import { StatusError, unknownPath } from './status-error.ts'

export interface EndpointParts {
  readonly gate: Gate
  readonly rest: RestParts
  readonly operations: ObjectOperations
  readonly sessions: SessionServer
}

const SERVICE = 'kubernetes'

/** The API server: discovery, objects, and the sessions of Pods. */
export function kubernetesEndpoint(parts: EndpointParts): Endpoint {
  return {
    name: SERVICE,
    understand: (wire) => understand(wire, parts),
    toResponse,
    complete: (response) => response,
    upgrade: (message, socket, head, url) => parts.sessions.upgrade(message, socket, head, url),
  }
}

function understand(wire: WireRequest, { gate, rest, operations }: EndpointParts): Call {
  const { method, url } = wire
  const target = readTarget(method, url)
  const subject = {
    service: SERVICE,
    operation: target ? operationOf(target) : `${method.toLowerCase()} ${url.pathname}`,
    name: target ? (target.name ?? nameInBody(wire)) : undefined,
  }
  return {
    subject,
    async perform(effects) {
      if (!isOpenToAll(url.pathname)) authenticate(wire.headers, gate)
      refuseByFault(effects)
      if (target) return operations.perform({ wire, target, effects })
      const found = method === 'GET' ? discover(url.pathname, rest.dialect) : null
      const answer = found ?? reviewAccess(wire)
      if (!answer) throw unknownPath()
      return answer
    },
  }
}

/** In the words of roles: `create pods`, `get pods/log`, `watch pods`. */
function operationOf({ verb, type, subresource }: Target): string {
  return `${verb} ${type.resource}${subresource === undefined ? '' : `/${subresource}`}`
}

/** Of what is created; undefined where it cannot be read. */
function nameInBody({ method, body }: WireRequest): string | undefined {
  if (method !== 'POST' || body.length === 0) return undefined
  try {
    const { metadata } = JSON.parse(body.toString('utf8')) as { metadata?: { name?: unknown } }
    return typeof metadata?.name === 'string' ? metadata.name : undefined
  } catch {
    return undefined
  }
}

/** As on a real server: how old it is, and whether it is well. */
function isOpenToAll(path: string): boolean {
  return ['/version', '/healthz', '/livez', '/readyz'].includes(path)
}

function toResponse(error: unknown): WireResponse {
  if (!(error instanceof StatusError)) {
    // A mistake of the emulator's own: told on its terminal, since a client is told no more than by the real one.
    console.error('berth emulator:', error)
  }
  const told =
    error instanceof StatusError
      ? error
      : new StatusError(500, 'InternalError', 'Internal error occurred: an error of the emulator itself')
  const answer = jsonResponse(told.code, told.toStatus())
  const { retryAfterSeconds } = told.details ?? {}
  if (retryAfterSeconds === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfterSeconds) } }
}
