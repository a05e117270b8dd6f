import { isDeepStrictEqual } from 'node:util'
import { invalid } from '../aci-errors.ts'
import type { GroupPropertiesBody } from '../group-body.ts'

/** A group that exists can be changed, but not in these. Throws a 400 where a PUT tries to. */
export function validateUpdate(group: string, before: GroupPropertiesBody, after: GroupPropertiesBody): void {
  if (!isDeepStrictEqual(fixedParts(before), fixedParts(after)))
    throw invalid(
      'InvalidContainerGroupUpdate',
      `The updates on container group '${group}' are invalid. If you are going to update the os type, restart policy, network profile, CPU, memory or GPU resources for a container group, you must delete it first and then create a new one.`,
    )
}

function fixedParts({
  osType,
  restartPolicy = 'Always',
  containers = [],
  ipAddress,
  subnetIds,
}: GroupPropertiesBody) {
  return {
    osType,
    restartPolicy,
    resources: containers.map(({ name, properties }) => [
      name,
      properties?.resources?.requests?.cpu,
      properties?.resources?.requests?.memoryInGB,
    ]),
    ports: ipAddress?.ports?.map(({ port, protocol = 'TCP' }) => [port, protocol]),
    subnetIds,
  }
}
