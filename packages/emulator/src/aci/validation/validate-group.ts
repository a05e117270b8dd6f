import { invalid } from '../aci-errors.ts'
import type { AciLimits } from '../aci-limits.ts'
import type { ContainerBody, GroupPropertiesBody } from '../group-body.ts'
import { validateAddress } from './validate-address.ts'
import { validateContainer, validateInitContainer } from './validate-container.ts'
import { validateGroupResources } from './validate-group-resources.ts'
import { validateNetworkProfile } from './validate-network-profile.ts'
import { validateVolumes } from './validate-volumes.ts'

const OS_TYPES = ['Windows', 'Linux']
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']

/** Holds what a client asks for against what ACI takes. Throws ACI's own 400 for the first thing that is wrong. */
export function validateGroup(
  name: string,
  properties: GroupPropertiesBody,
  where: { readonly location: string; readonly limits: AciLimits },
): void {
  if (!isName(name))
    throw invalid(
      'InvalidContainerGroupName',
      `The container group name '${name}' is invalid. It must be 1 to 63 characters of lower-case letters, digits and hyphens, and begin and end with a letter or digit.`,
    )
  const { osType, restartPolicy } = properties
  if (osType === undefined || !OS_TYPES.includes(osType))
    throw invalid(
      'InvalidOsType',
      `The 'osType' for container group '${osType === undefined ? '<null>' : name}' is invalid. The value must be one of '${OS_TYPES.join(',')}'.`,
    )
  if (restartPolicy !== undefined && !RESTART_POLICIES.includes(restartPolicy))
    throw invalid(
      'InvalidRestartPolicy',
      `The 'restartPolicy' for container group '${name}' is invalid. The value must be one of '${RESTART_POLICIES.join(',')}'.`,
    )
  validateContainers(name, properties, where.limits)
  validateVolumes(name, properties, where.limits)
  validateGroupResources(name, properties, where)
  validateAddress(name, properties, where.limits)
  validateCredentials(name, properties)
  validateNetworkProfile(name, properties)
}

function validateContainers(group: string, properties: GroupPropertiesBody, limits: AciLimits): void {
  const { containers = [], initContainers = [] } = properties
  if (containers.length === 0)
    throw invalid('MissingContainers', `The containers of container group '${group}' cannot be empty.`)
  const all: readonly ContainerBody[] = [...containers, ...initContainers]
  if (all.length > limits.containersAGroup)
    throw invalid(
      'TooManyContainers',
      `The container group '${group}' has ${all.length} containers. At most ${limits.containersAGroup} are supported.`,
    )
  const names = new Set<string>()
  for (const { name = '' } of all) {
    if (!isName(name))
      throw invalid(
        'InvalidContainerName',
        `The container name '${name}' in container group '${group}' is invalid. It must be 1 to 63 characters of lower-case letters, digits and hyphens, and begin and end with a letter or digit.`,
      )
    if (names.has(name))
      throw invalid(
        'DuplicateContainerNames',
        `The container name '${name}' is used more than once in container group '${group}'.`,
      )
    names.add(name)
  }
  for (const container of containers) validateContainer(group, container)
  for (const container of initContainers) validateInitContainer(group, container)
}

function validateCredentials(group: string, properties: GroupPropertiesBody): void {
  const { imageRegistryCredentials = [], containers = [], initContainers = [] } = properties
  if (imageRegistryCredentials.length > containers.length + initContainers.length)
    throw invalid(
      'MoreImageRegistryCredentialsThanContainers',
      `The container group '${group}' has more image registry credentials than containers.`,
    )
  const servers = imageRegistryCredentials.map(({ server }) => server)
  if (new Set(servers).size < servers.length)
    throw invalid(
      'DuplicateImageRegistryCredentials',
      `The container group '${group}' has more than one image registry credential for the same server.`,
    )
}

function isName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
}
