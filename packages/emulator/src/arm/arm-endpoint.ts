import { randomUUID } from 'node:crypto'
import findMyWay, { type HTTPMethod } from 'find-my-way'
import type { MachineClock } from '../clock/machine-clock.ts'
import type { TokenIssuer } from '../identity/token-issuer.ts'
import type { Call, Endpoint } from '../server/endpoint.ts'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'
import { ArmError } from './arm-error.ts'
import type { ArmThrottle } from './arm-limits.ts'
import type { ArmOperation, ArmRequest } from './arm-operation.ts'
import type { ArmService } from './arm-service.ts'
import { authenticate } from './authenticate.ts'
import type { AzureAccount } from './azure-options.ts'
import { checkApiVersion } from './check-api-version.ts'
import { checkSubscription } from './check-subscription.ts'
import { jsonResponse } from './json-response.ts'
import { refuseByFault } from './refuse-by-fault.ts'
import type { ResourceGroupStore } from './resource-group-store.ts'
import { resourceGroupNotFound } from './resource-groups.ts'
import type { ProviderRegistrations } from './resource-providers.ts'
import { unknownOperation } from './unknown-operation.ts'

export interface ArmParts {
  readonly account: AzureAccount
  /** The front end's. */
  readonly clock: MachineClock
  readonly issuer: TokenIssuer
  readonly throttle: ArmThrottle
  readonly groups: ResourceGroupStore
  readonly registrations: ProviderRegistrations
  readonly services: readonly ArmService[]
  /** ARM's own operations. */
  readonly operations: readonly ArmOperation[]
}

/** Azure Resource Manager: whatever is asked of Azure comes in here, and goes to the resource provider that it names. */
export function armEndpoint(parts: ArmParts): Endpoint {
  const { account, services } = parts
  const providers = services.map(({ provider }) => provider)
  const router = findMyWay({ caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true })
  const operations = [...parts.operations, ...services.flatMap((service) => service.operations)]
  for (const operation of operations) router.on(operation.method, operation.path, () => {}, operation)

  return {
    name: 'arm',
    understand(wire) {
      const route = router.find(wire.method as HTTPMethod, wire.url.pathname)
      if (!route) {
        authenticate(wire, parts.issuer, account.tenantId)
        const isPathKnown = operations.some(({ method }) => router.find(method, wire.url.pathname))
        throw unknownOperation(wire.method, wire.url, { isPathKnown, providers })
      }
      return understand(wire, route.store as ArmOperation, route.params as Record<string, string>, parts)
    },
    toResponse,
    complete: (response, request) => complete(response, request, parts.clock),
    upgrade: (message, socket, head, url) =>
      services.some((service) => service.upgrade?.(message, socket, head, url)),
  }
}

function understand(
  wire: WireRequest,
  operation: ArmOperation,
  parameters: Record<string, string>,
  parts: ArmParts,
): Call {
  const request: ArmRequest = {
    wire,
    parameters,
    apiVersion: wire.url.searchParams.get('api-version') ?? '',
    resourceName: parameters[operation.nameParameter ?? 'resourceGroupName'],
    body: () => parseBody(wire),
    effects: [],
  }
  const region = regionOf(request, operation)
  const { service, name } = operation
  return {
    subject: { service, operation: name, region, name: request.resourceName },
    perform: (effects) => perform({ ...request, effects }, operation, region, parts),
  }
}

async function perform(
  request: ArmRequest,
  operation: ArmOperation,
  region: string | undefined,
  parts: ArmParts,
): Promise<WireResponse> {
  if (operation.authentication === 'none') {
    refuseByFault(request.effects)
    return operation.handle(request)
  }
  const { account, issuer, throttle, groups, registrations } = parts
  const { wire, parameters } = request
  authenticate(wire, issuer, account.tenantId)
  const { subscriptionId, resourceGroupName } = parameters
  if (subscriptionId !== undefined) checkSubscription(subscriptionId, account)
  const group = groups.get(subscriptionId ?? '', resourceGroupName ?? '')
  const location = region ?? group?.location ?? account.locations[0] ?? ''
  checkApiVersion(wire.url.searchParams.get('api-version'), operation, {
    location,
    locations: account.locations,
  })
  const left = throttle.admit(wire.method, subscriptionId ?? account.tenantId)
  try {
    if (resourceGroupName !== undefined && operation.needsResourceGroup !== false && !group)
      throw resourceGroupNotFound(resourceGroupName)
    if (operation.type) registrations.check(subscriptionId ?? '', operation.type.split('/')[0] ?? '')
    refuseByFault(request.effects)
    const response = await operation.handle(request)
    return { ...response, headers: { ...left, ...response.headers } }
  } catch (error) {
    throw error instanceof ArmError ? error.with(left) : error
  }
}

function regionOf(request: ArmRequest, operation: ArmOperation): string | undefined {
  try {
    return request.parameters.location ?? operation.region?.(request)
  } catch (error) {
    // A body that cannot be read names no region; that it cannot is said when the operation reads it.
    if (error instanceof ArmError) return undefined
    throw error
  }
}

function parseBody<Body>({ body }: WireRequest): Body {
  try {
    const value = JSON.parse(body.toString())
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Said below: which character it was is of no use to anyone.
  }
  throw new ArmError(
    400,
    'InvalidRequestContent',
    "The request content was invalid and could not be deserialized: 'a JSON object is expected'.",
  )
}

function toResponse(error: unknown): WireResponse {
  if (error instanceof ArmError)
    return jsonResponse(error.status, { error: { code: error.code, message: error.message } }, error.headers)
  // A mistake of the emulator's own: told on its terminal, since a client is told no more than by the real one.
  console.error('berth emulator:', error)
  return jsonResponse(500, {
    error: {
      code: 'InternalServerError',
      message: `Encountered an internal server error. The tracking id is '${randomUUID()}'.`,
    },
  })
}

function complete(response: WireResponse, request: WireRequest, clock: MachineClock): WireResponse {
  const requestId = randomUUID()
  const asked = request.headers['x-ms-client-request-id']
  return {
    ...response,
    headers: {
      'Cache-Control': 'no-cache',
      Pragma: 'no-cache',
      Expires: '-1',
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
      'x-ms-request-id': requestId,
      'x-ms-correlation-request-id': requestId,
      'x-ms-routing-request-id': `EMULATOR:${new Date(clock.read()).toISOString()}:${requestId}`,
      ...(typeof asked === 'string' && { 'x-ms-client-request-id': asked }),
      ...response.headers,
    },
  }
}
