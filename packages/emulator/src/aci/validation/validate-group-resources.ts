import { invalid, noCapacity } from '../aci-errors.ts'
import type { AciLimits } from '../aci-limits.ts'
import type { GroupPropertiesBody } from '../group-body.ts'

/** What all containers of a group ask for together. */
export function requestedResources({ containers = [] }: GroupPropertiesBody): {
  cpu: number
  memoryInGB: number
} {
  const requests = containers.map((container) => container.properties?.resources?.requests)
  const sum = (values: readonly (number | undefined)[]) =>
    // In steps of a hundredth, so that 0.1 + 0.2 is 0.3.
    Math.round(values.reduce<number>((total, value) => total + (value ?? 0), 0) * 100) / 100
  return {
    cpu: sum(requests.map((request) => request?.cpu)),
    memoryInGB: sum(requests.map((request) => request?.memoryInGB)),
  }
}

export function validateGroupResources(
  group: string,
  properties: GroupPropertiesBody,
  { location, limits }: { readonly location: string; readonly limits: AciLimits },
): void {
  const total = requestedResources(properties)
  for (const { name, properties: { resources } = {} } of properties.containers ?? []) {
    for (const [what, limit, most] of [
      ['CPU', resources?.limits?.cpu, total.cpu],
      ['MemoryInGB', resources?.limits?.memoryInGB, total.memoryInGB],
    ] as const) {
      if (limit !== undefined && limit !== null && limit > most)
        throw invalid(
          'ContainerLimitGreaterThanContainerGroupTotalRequest',
          `The '${what}' limit '${limit}' in container '${name}' is greater than the total '${what}' request '${most}' of container group '${group}'.`,
        )
    }
  }
  const isSpot = properties.priority === 'Spot'
  const [mostCpu, mostMemoryInGB] = isSpot ? [4, 16] : [limits.mostCpu, limits.mostMemoryInGB]
  if (total.cpu > mostCpu || total.memoryInGB > mostMemoryInGB)
    throw noCapacity(location, { ...total, osType: properties.osType ?? 'Linux' })
}
