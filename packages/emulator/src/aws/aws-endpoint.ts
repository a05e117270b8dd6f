import { randomUUID } from 'node:crypto'
import type { MachineClock } from '../clock/machine-clock.ts'
import type { Call, Endpoint } from '../server/endpoint.ts'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import { AwsError } from './aws-error.ts'
import type { AwsOperation, AwsRequest } from './aws-operation.ts'
import type { AwsAccount } from './aws-options.ts'
import type { AwsService } from './aws-service.ts'
import { refuseByFault } from './refuse-by-fault.ts'
import { readAuthorization } from './signature/read-authorization.ts'
import { isFlaw } from './signature/signature-flaw.ts'
import { verifySignature } from './signature/verify-signature.ts'

export interface AwsParts {
  readonly account: AwsAccount
  /** The front end's. */
  readonly clock: MachineClock
  readonly services: readonly AwsService[]
}

/** AWS: every service comes in here, and is told by what its protocol says. */
export function awsEndpoint(parts: AwsParts): Endpoint {
  const { services } = parts
  return {
    name: 'aws',
    understand: (wire) => understand(wire, parts),
    toResponse: (error, wire) => toResponse(error, identify(wire, services)?.service),
    complete: (response) => ({
      ...response,
      headers: { 'x-amzn-RequestId': randomUUID(), ...response.headers },
    }),
    upgrade: (message, socket, head, url) =>
      services.some((service) => service.upgrade?.(message, socket, head, url)),
  }
}

interface Identified {
  readonly service: AwsService
  readonly operationName: string
}

function identify(wire: WireRequest, services: readonly AwsService[]): Identified | null {
  for (const service of services) {
    const operationName = service.protocol.operationOf(wire)
    if (operationName !== null) return { service, operationName }
  }
  return null
}

function understand(wire: WireRequest, parts: AwsParts): Call {
  const { service, operationName } = identify(wire, parts.services) ?? refuseUnknown(wire)
  const operation = service.operations.find(({ name }) => name === operationName)
  if (!operation) {
    authenticate(wire, service, parts)
    throw service.protocol.unknownOperation(operationName)
  }
  const authorization = readAuthorization(wire.headers)
  const region = isFlaw(authorization) ? parts.account.region : authorization.region
  const input = () => service.protocol.parse(wire)
  const request = { wire, region, input: input as AwsRequest['input'], effects: [] }
  return {
    subject: { service: service.name, operation: operation.name, region, name: nameOf(request, operation) },
    perform: (effects) => perform({ ...request, effects }, service, operation, parts),
  }
}

async function perform(
  request: AwsRequest,
  service: AwsService,
  operation: AwsOperation,
  parts: AwsParts,
): Promise<WireResponse> {
  authenticate(request.wire, service, parts)
  if (!service.admits(operation.name, request.region)) throw service.throttled(operation.name)
  refuseByFault(request, operation.name, service)
  return service.protocol.render(operation.name, await operation.handle(request))
}

function authenticate(wire: WireRequest, service: AwsService, parts: AwsParts): void {
  const found = verifySignature(wire, service.name, parts)
  if (isFlaw(found)) throw service.protocol.refuseSignature(found)
}

function nameOf(request: AwsRequest, operation: AwsOperation): string | undefined {
  try {
    return operation.resourceName?.(request)
  } catch (error) {
    // A body that cannot be read names nothing; that it cannot is said when the operation reads it.
    if (error instanceof AwsError) return undefined
    throw error
  }
}

function refuseUnknown({ headers }: WireRequest): never {
  const target = String(headers['x-amz-target'] ?? '')
  throw new AwsError(
    400,
    'UnknownOperationException',
    target === '' ? 'The request names no operation of a service that is here.' : `${target} is not here.`,
  )
}

function toResponse(error: unknown, service: AwsService | undefined): WireResponse {
  if (!(error instanceof AwsError)) {
    // A mistake of the emulator's own: told on its terminal, since a client is told no more than by the real one.
    console.error('berth emulator:', error)
  }
  const told =
    error instanceof AwsError
      ? error
      : new AwsError(500, 'InternalFailure', 'An internal error has occurred. Try again later.')
  if (service) return service.protocol.renderError(told)
  return {
    status: told.status,
    headers: { 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: told.code, message: told.message }),
  }
}
