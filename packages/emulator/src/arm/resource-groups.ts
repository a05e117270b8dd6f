import { randomUUID } from 'node:crypto'
import { ArmError } from './arm-error.ts'
import type { ArmOperation, ArmRequest } from './arm-operation.ts'
import type { AzureAccount } from './azure-options.ts'
import { jsonResponse } from './json-response.ts'
import { locationName } from './location-name.ts'
import type { ResourceGroup, ResourceGroupStore, ResourceHolder } from './resource-group-store.ts'

export interface ResourceGroupParts {
  readonly account: AzureAccount
  readonly groups: ResourceGroupStore
  readonly holders: readonly ResourceHolder[]
}

const PATH = '/subscriptions/:subscriptionId/resourceGroups/:resourceGroupName'

/** Resource groups, as far as people and their tools need them around containers. */
export function resourceGroupOperations(parts: ResourceGroupParts): readonly ArmOperation[] {
  const { groups } = parts
  const deletions = new Map<string, Promise<void>>()
  return [
    {
      service: 'arm',
      name: 'ResourceGroups_CreateOrUpdate',
      method: 'PUT',
      path: PATH,
      needsResourceGroup: false,
      handle: (request) => createOrUpdate(request, parts),
    },
    {
      service: 'arm',
      name: 'ResourceGroups_Update',
      method: 'PATCH',
      path: PATH,
      handle: (request) => {
        const group = groupOf(request, groups)
        group.tags = request.body<{ tags?: Record<string, string> }>().tags ?? group.tags
        return jsonResponse(200, render(group))
      },
    },
    {
      service: 'arm',
      name: 'ResourceGroups_Get',
      method: 'GET',
      path: PATH,
      handle: (request) => jsonResponse(200, render(groupOf(request, groups))),
    },
    {
      service: 'arm',
      name: 'ResourceGroups_CheckExistence',
      method: 'HEAD',
      path: PATH,
      needsResourceGroup: false,
      handle: ({ parameters }) => ({
        status: groups.get(parameters.subscriptionId ?? '', parameters.resourceGroupName ?? '') ? 204 : 404,
      }),
    },
    {
      service: 'arm',
      name: 'ResourceGroups_List',
      method: 'GET',
      path: '/subscriptions/:subscriptionId/resourceGroups',
      handle: ({ parameters }) =>
        jsonResponse(200, { value: groups.list(parameters.subscriptionId ?? '').map(render) }),
    },
    {
      service: 'arm',
      name: 'ResourceGroups_Delete',
      method: 'DELETE',
      path: PATH,
      handle: (request) => {
        const group = groupOf(request, groups)
        const job = randomUUID()
        deletions.set(job, deleteGroup(group, parts))
        return { status: 202, headers: { Location: jobUrl(request, job), 'Retry-After': '15' } }
      },
    },
    {
      service: 'arm',
      name: 'OperationResults_Get',
      method: 'GET',
      path: '/subscriptions/:subscriptionId/operationresults/:job',
      handle: async (request) => {
        const { job = '' } = request.parameters
        const deletion = deletions.get(job)
        if (!deletion) throw new ArmError(404, 'NotFound', `The operation result '${job}' was not found.`)
        const isDone = await Promise.race([
          deletion.then(() => true),
          new Promise<false>((resolve) => setImmediate(resolve, false)),
        ])
        return isDone
          ? { status: 200 }
          : { status: 202, headers: { Location: jobUrl(request, job), 'Retry-After': '15' } }
      },
    },
  ]
}

function createOrUpdate(request: ArmRequest, { account, groups }: ResourceGroupParts) {
  const { subscriptionId = '', resourceGroupName: name = '' } = request.parameters
  const { location, tags } = request.body<{ location?: string; tags?: Record<string, string> }>()
  if (!/^[-\w.()]{1,90}$/.test(name) || name.endsWith('.'))
    throw new ArmError(
      400,
      'InvalidResourceGroup',
      `The provided resource group name '${name}' has these invalid characters, or is longer than 90. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`,
    )
  if (!location)
    throw new ArmError(400, 'LocationRequired', 'The location property is required for this definition.')
  const place = locationName(location)
  if (!account.locations.includes(place))
    throw new ArmError(
      400,
      'LocationNotAvailableForResourceGroup',
      `The provided location '${location}' is not available for resource group. List of available regions is '${account.locations.join(',')}'.`,
    )
  const existing = groups.get(subscriptionId, name)
  if (existing) {
    if (existing.location !== place)
      throw new ArmError(
        409,
        'InvalidResourceGroupLocation',
        `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`,
      )
    existing.tags = tags
    return jsonResponse(200, render(existing))
  }
  const group: ResourceGroup = { subscriptionId, name, location: place, tags, provisioningState: 'Succeeded' }
  groups.add(group)
  return jsonResponse(201, render(group))
}

async function deleteGroup(group: ResourceGroup, { groups, holders }: ResourceGroupParts): Promise<void> {
  group.provisioningState = 'Deleting'
  await Promise.all(holders.map((holder) => holder.removeAllOf(group)))
  groups.delete(group)
}

function groupOf({ parameters }: ArmRequest, groups: ResourceGroupStore): ResourceGroup {
  const { subscriptionId = '', resourceGroupName = '' } = parameters
  const group = groups.get(subscriptionId, resourceGroupName)
  if (!group) throw resourceGroupNotFound(resourceGroupName)
  return group
}

export function resourceGroupNotFound(name: string): ArmError {
  return new ArmError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`)
}

function jobUrl({ wire, parameters, apiVersion }: ArmRequest, job: string): string {
  return `${wire.url.origin}/subscriptions/${parameters.subscriptionId}/operationresults/${job}?api-version=${apiVersion}`
}

function render({ subscriptionId, name, location, tags, provisioningState }: ResourceGroup) {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    ...(tags && { tags }),
    properties: { provisioningState },
  }
}
