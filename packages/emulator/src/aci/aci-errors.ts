import { ArmError } from '../arm/arm-error.ts'

/** Why ACI refuses something about a group: a 400. */
export function invalid(code: string, message: string): ArmError {
  return new ArmError(400, code, message)
}

export function groupNotFound(resourceGroup: string, name: string): ArmError {
  return new ArmError(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.ContainerInstance/containerGroups/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  )
}

export function containerNotFound(group: string, name: string): ArmError {
  return new ArmError(
    404,
    'ContainerNotFound',
    `The container '${name}' is not found in container group '${group}'.`,
  )
}

export function transitioning(name: string): ArmError {
  return new ArmError(
    409,
    'ContainerGroupTransitioning',
    `The container group '${name}' is still transitioning, please retry later.`,
  )
}

/** No room for it: another size or region may have some. */
export function noCapacity(
  location: string,
  { cpu, memoryInGB, osType }: { readonly cpu: number; readonly memoryInGB: number; readonly osType: string },
): ArmError {
  return new ArmError(
    409,
    'ServiceUnavailable',
    `The requested resource is not available in the location '${location}' at this moment. Please retry with a different resource request or in another location. Resource requested: '${cpu}' CPU '${memoryInGB}' GB memory '${osType}' OS`,
  )
}

export function quotaReached(
  quota: string,
  location: string,
  { limit, usage, requested }: { readonly limit: number; readonly usage: number; readonly requested: number },
): ArmError {
  return invalid(
    'ContainerGroupQuotaReached',
    `Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota '${quota}' exceeded in region '${location}'. Limit: '${limit}', Usage: '${usage}' Requested: '${requested}'.`,
  )
}

export function logNotAvailable(group: string, container: string): ArmError {
  return new ArmError(
    404,
    'ContainerLogNotAvailable',
    `Log of container '${container}' in container group '${group}' is not available yet. Please check container 'InstanceView' for more information or retry later.`,
  )
}

export function notRunning(group: string, container: string): ArmError {
  return new ArmError(
    409,
    'ContainerNotRunning',
    `The container '${container}' in container group '${group}' is not running. Please check container 'InstanceView' for more information or retry later.`,
  )
}
