import { ArmError } from '../arm/arm-error.ts'
import type { ArmRequest } from '../arm/arm-operation.ts'
import { locationName } from '../arm/location-name.ts'
import { realNow } from '../clock/real-time.ts'
import { findFault } from '../fault/find-fault.ts'
import type { WireResponse } from '../server/wire-message.ts'
import { invalid, noCapacity, quotaReached, transitioning } from './aci-errors.ts'
import type { AciParts } from './aci-parts.ts'
import { answerGroup, operationHeaders } from './answer-group.ts'
import { assignIdentity } from './assign-identity.ts'
import { checkImages } from './check-images.ts'
import { completeGroup } from './complete-group.ts'
import type { ContainerGroup } from './container-group.ts'
import type { GroupBody, GroupPropertiesBody } from './group-body.ts'
import { beginOperation, newLife, provisionGroup } from './provision-group.ts'
import { updateGroup } from './update-group.ts'
import { validateGroup } from './validation/validate-group.ts'
import { requestedResources } from './validation/validate-group-resources.ts'

/** PUT: 201 for a new group, 200 for one that is there. */
export async function createOrUpdateGroup(request: ArmRequest, parts: AciParts): Promise<WireResponse> {
  const left = parts.quota.admit('creates', request.parameters.subscriptionId ?? '')
  try {
    const response = await accept(request, parts)
    return { ...response, headers: { ...left, ...response.headers } }
  } catch (error) {
    throw error instanceof ArmError ? error.with(left) : error
  }
}

async function accept(request: ArmRequest, parts: AciParts): Promise<WireResponse> {
  const { world, account } = parts
  const { subscriptionId = '', containerGroupName: name = '' } = request.parameters
  const body = request.body<GroupBody>()
  const location = placeOf(body, account.locations)
  const properties = completeGroup(body.properties ?? {})
  validateGroup(name, properties, { location, limits: parts.limits })
  refuseByFault(request, properties, location)
  const existing = existingGroup(request, parts, location)
  if (!existing) checkRoom(name, properties, location, subscriptionId, parts)

  const { accepting } = world.profile.draw(
    { service: 'aci', image: properties.containers?.[0]?.properties?.image ?? '' },
    world.random.numbers(`aci ${name}`),
  )
  await Promise.all([
    world.time.pass(accepting, world.closing),
    parts.dialect.imageCheck === 'at-once' && checkImages(name, properties, world.backend, world.closing),
  ])

  // Another request may have come in between.
  const group = existingGroup(request, parts, location)
  if (group) return updateGroup(group, { ...body, properties }, request, parts)
  return createGroup({ ...body, properties }, location, request, parts)
}

async function createGroup(
  body: GroupBody & { readonly properties: GroupPropertiesBody },
  location: string,
  request: ArmRequest,
  parts: AciParts,
): Promise<WireResponse> {
  const { world, dialect, groups, resourceGroups, account } = parts
  const { subscriptionId = '', resourceGroupName = '', containerGroupName: name = '' } = request.parameters
  const resourceGroup = resourceGroups.get(subscriptionId, resourceGroupName)?.name ?? resourceGroupName
  const { nodes } = world.clocks
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerInstance/containerGroups/${name}`
  const nodeNumber = Math.floor(world.random.numbers(`node ${id}`)() * nodes.length)
  const group: ContainerGroup = {
    id,
    subscriptionId,
    resourceGroup,
    name,
    location,
    node: nodes[nodeNumber] ?? nodes[0],
    createdAt: realNow(),
    tags: body.tags ?? {},
    zones: body.zones,
    identity: assignIdentity(body.identity, undefined, account.tenantId),
    properties: body.properties,
    provisioningState: dialect.provisioningStates === '2025' ? 'Accepted' : 'Pending',
    operation: beginOperation({ id, subscriptionId, location }, parts),
    life: null,
    lastLife: null,
    keptLogs: new Map(),
    transition: 'provisioning',
    address: null,
    succeededAt: null,
    deletedAt: null,
  }
  const life = newLife(group, request.effects, parts)
  groups.add(group)
  // Promised with the acceptance, so the address must be known by then.
  if (dialect.address === 'accepted') {
    await life.makePod().catch((error: unknown) => {
      groups.delete(group)
      throw error
    })
  }
  const headers = operationHeaders(request, group.operation, parts)
  group.life = life
  const answer = answerGroup(201, group, request, parts, headers)
  void provisionGroup(group, life, () => life.provision())
  return answer
}

function placeOf({ location }: GroupBody, locations: readonly string[]): string {
  if (!location)
    throw new ArmError(400, 'LocationRequired', 'The location property is required for this definition.')
  const place = locationName(location)
  if (!locations.includes(place))
    throw new ArmError(
      400,
      'LocationNotAvailableForResourceType',
      `The provided location '${location}' is not available for resource type 'Microsoft.ContainerInstance/containerGroups'. List of available regions for the resource type is '${locations.join(',')}'.`,
    )
  return place
}

function existingGroup(
  { parameters }: ArmRequest,
  { groups }: AciParts,
  location: string,
): ContainerGroup | null {
  const { subscriptionId = '', resourceGroupName = '', containerGroupName = '' } = parameters
  const group = groups.get(subscriptionId, resourceGroupName, containerGroupName)
  if (!group) return null
  if (group.location !== location)
    throw new ArmError(
      409,
      'InvalidResourceLocation',
      `The resource '${group.name}' already exists in location '${group.location}' in resource group '${group.resourceGroup}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
    )
  if (group.transition) throw transitioning(group.name)
  return group
}

function checkRoom(
  name: string,
  properties: GroupPropertiesBody,
  location: string,
  subscriptionId: string,
  { groups, quota }: AciParts,
): void {
  const inRegion = groups.all().filter((group) => group.location === location)
  const label = properties.ipAddress?.dnsNameLabel
  if (label && inRegion.some((group) => group.properties.ipAddress?.dnsNameLabel === label))
    throw invalid(
      'DnsNameLabelNotAvailable',
      `The DNS name label '${label}' in container group '${name}' not available in region '${location}'.`,
    )
  quota.check(
    properties,
    location,
    inRegion.filter((group) => group.subscriptionId.toLowerCase() === subscriptionId.toLowerCase()),
  )
}

function refuseByFault({ effects }: ArmRequest, properties: GroupPropertiesBody, location: string): void {
  const total = requestedResources(properties)
  if (findFault(effects, 'capacity')?.when === 'at-once')
    throw noCapacity(location, { ...total, osType: properties.osType ?? 'Linux' })
  if (findFault(effects, 'quota'))
    throw quotaReached('StandardCores', location, { limit: 0, usage: 0, requested: total.cpu })
  // Linux machines run what is emulated, so an image of Windows is what the service says of a wrong one.
  if (properties.osType === 'Windows')
    throw invalid(
      'OsVersionNotSupported',
      `The OS version of image '${properties.containers?.[0]?.properties?.image}' is not supported.`,
    )
}
