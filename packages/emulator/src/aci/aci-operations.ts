import type { ArmOperation } from '../arm/arm-operation.ts'
import { locationName } from '../arm/location-name.ts'
import type { AciParts } from './aci-parts.ts'
import { answerGroup } from './answer-group.ts'
import { ACI_VERSIONS } from './api-versions.ts'
import { restartGroup, startGroup, stopGroup } from './change-run-state.ts'
import { createOrUpdateGroup } from './create-or-update-group.ts'
import { deleteGroup } from './delete-group.ts'
import { listCachedImages, listCapabilities, listUsages } from './describe-location.ts'
import { findGroup, requireGroup } from './find-group.ts'
import { getOperation } from './get-operation.ts'
import type { GroupBody } from './group-body.ts'
import { listGroups } from './list-groups.ts'
import { listLogs } from './list-logs.ts'
import { attachToContainer, execInContainer } from './open-streams.ts'

const SUBSCRIPTION = '/subscriptions/:subscriptionId'
const PROVIDER = '/providers/Microsoft.ContainerInstance'
const GROUPS = `${SUBSCRIPTION}/resourceGroups/:resourceGroupName${PROVIDER}/containerGroups`
const GROUP = `${GROUPS}/:containerGroupName`
const CONTAINER = `${GROUP}/containers/:containerName`
const LOCATION = `${SUBSCRIPTION}${PROVIDER}/locations/:location`

/** Every operation of Microsoft.ContainerInstance that is emulated, by the names of its specification. */
export function aciOperations(parts: AciParts): readonly ArmOperation[] {
  const ofGroup = {
    service: 'aci',
    type: 'Microsoft.ContainerInstance/containerGroups',
    apiVersions: ACI_VERSIONS,
    nameParameter: 'containerGroupName',
    region: (request) => findGroup(request, parts)?.location,
  } as const satisfies Partial<ArmOperation>
  const ofLocation = {
    service: 'aci',
    type: 'Microsoft.ContainerInstance/locations',
    apiVersions: ACI_VERSIONS,
    method: 'GET',
  } as const satisfies Partial<ArmOperation>
  return [
    {
      ...ofGroup,
      name: 'ContainerGroups_CreateOrUpdate',
      method: 'PUT',
      path: GROUP,
      region: (request) => locationName(request.body<GroupBody>().location ?? ''),
      handle: (request) => createOrUpdateGroup(request, parts),
    },
    {
      ...ofGroup,
      name: 'ContainerGroups_Update',
      method: 'PATCH',
      path: GROUP,
      handle: (request) => {
        const group = requireGroup(request, parts)
        const { tags } = request.body<GroupBody>()
        const kept = parts.dialect.tagsByPatch === 'adds' ? group.tags : {}
        if (tags) group.tags = { ...kept, ...tags }
        return answerGroup(200, group, request, parts)
      },
    },
    {
      ...ofGroup,
      name: 'ContainerGroups_Get',
      method: 'GET',
      path: GROUP,
      handle: (request) => answerGroup(200, requireGroup(request, parts), request, parts),
    },
    {
      ...ofGroup,
      name: 'ContainerGroups_Delete',
      method: 'DELETE',
      path: GROUP,
      handle: (request) => deleteGroup(request, parts),
    },
    {
      ...ofGroup,
      name: 'ContainerGroups_ListByResourceGroup',
      method: 'GET',
      path: GROUPS,
      handle: (request) => listGroups(request, parts),
    },
    {
      ...ofGroup,
      name: 'ContainerGroups_List',
      method: 'GET',
      path: `${SUBSCRIPTION}${PROVIDER}/containerGroups`,
      handle: (request) => listGroups(request, parts),
    },
    ...(
      [
        ['Start', startGroup],
        ['Stop', stopGroup],
        ['Restart', restartGroup],
      ] as const
    ).map(
      ([name, change]): ArmOperation => ({
        ...ofGroup,
        name: `ContainerGroups_${name}`,
        method: 'POST',
        path: `${GROUP}/${name.toLowerCase()}`,
        handle: (request) => change(request, parts),
      }),
    ),
    {
      ...ofGroup,
      name: 'Containers_ListLogs',
      method: 'GET',
      path: `${CONTAINER}/logs`,
      handle: (request) => listLogs(request, parts),
    },
    {
      ...ofGroup,
      name: 'Containers_ExecuteCommand',
      method: 'POST',
      path: `${CONTAINER}/exec`,
      handle: (request) => execInContainer(request, parts),
    },
    {
      ...ofGroup,
      name: 'Containers_Attach',
      method: 'POST',
      path: `${CONTAINER}/attach`,
      handle: (request) => attachToContainer(request, parts),
    },
    {
      ...ofLocation,
      name: 'Location_GetOperation',
      path: `${LOCATION}/operations/:operationId`,
      handle: (request) => getOperation(request, parts),
    },
    {
      ...ofLocation,
      name: 'Location_ListUsage',
      path: `${LOCATION}/usages`,
      handle: ({ parameters: { subscriptionId = '', location = '' } }) =>
        listUsages(subscriptionId, locationName(location), parts),
    },
    {
      ...ofLocation,
      name: 'Location_ListCapabilities',
      path: `${LOCATION}/capabilities`,
      handle: ({ parameters: { location = '' } }) => listCapabilities(locationName(location), parts),
    },
    {
      ...ofLocation,
      name: 'Location_ListCachedImages',
      path: `${LOCATION}/cachedImages`,
      handle: () => listCachedImages(),
    },
  ]
}
