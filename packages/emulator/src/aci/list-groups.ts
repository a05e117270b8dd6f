import { ArmError } from '../arm/arm-error.ts'
import type { ArmRequest } from '../arm/arm-operation.ts'
import { jsonResponse } from '../arm/json-response.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { AciParts } from './aci-parts.ts'
import type { ContainerGroup } from './container-group.ts'
import { renderGroup } from './render-group.ts'

/** The groups of a resource group, or of the subscription, in pages. */
export function listGroups(request: ArmRequest, parts: AciParts): WireResponse {
  const { groups, dialect, limits, world } = parts
  const { subscriptionId = '', resourceGroupName } = request.parameters
  const all = groups.list(
    { subscriptionId, resourceGroup: resourceGroupName },
    world.time.toReal(dialect.listStaleInMs),
  )
  const after = readToken(request.wire.url.searchParams.get('$skiptoken'))
  const rest = after === null ? all : all.filter((group) => keyOf(group) > after)
  const page = rest.slice(0, limits.listPageSize)
  const last = page.at(-1)
  return jsonResponse(200, {
    value: page.map((group) =>
      renderGroup(group, parts, {
        apiVersion: request.apiVersion,
        withInstanceView: dialect.listInstanceView,
      }),
    ),
    ...(last && rest.length > page.length && { nextLink: nextLink(request, keyOf(last)) }),
  })
}

/** Names are ordered, and in a subscription several groups may have one name. */
function keyOf({ name, resourceGroup }: ContainerGroup): string {
  return `${name}/${resourceGroup.toLowerCase()}`
}

function nextLink({ wire, apiVersion }: ArmRequest, last: string): string {
  const token = Buffer.from(last).toString('base64url')
  return `${wire.url.origin}${wire.url.pathname}?api-version=${apiVersion}&%24skiptoken=${token}`
}

function readToken(token: string | null): string | null {
  if (token === null) return null
  const name = Buffer.from(token, 'base64url').toString()
  if (!/^[a-z0-9-]+\/.+$/.test(name))
    throw new ArmError(400, 'InvalidSkipToken', `The skip token '${token}' is invalid.`)
  return name
}
