import { jsonResponse } from '../arm/json-response.ts'
import type { WireResponse } from '../server/wire-message.ts'
import type { AciParts } from './aci-parts.ts'
import { coresOf } from './aci-quota.ts'

/** What a subscription uses in a region, and may use. */
export function listUsages(subscriptionId: string, location: string, parts: AciParts): WireResponse {
  const groups = parts.groups
    .all()
    .filter(
      (group) =>
        group.location === location && group.subscriptionId.toLowerCase() === subscriptionId.toLowerCase(),
    )
  const { groupsARegion, coresARegion } = parts.limits
  const usage = (value: string, localizedValue: string, currentValue: number, limit: number) => ({
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/${location}/usages/${value}`,
    unit: 'Count',
    currentValue,
    limit,
    name: { value, localizedValue },
  })
  return jsonResponse(200, {
    value: [
      usage('ContainerGroups', 'Container Groups', groups.length, groupsARegion),
      usage('StandardCores', 'Standard Cores', Math.ceil(coresOf(groups)), coresARegion),
    ],
  })
}

/** How large a group may be in a region, by its kind of address. */
export function listCapabilities(location: string, { limits }: AciParts): WireResponse {
  return jsonResponse(200, {
    value: ['Public', 'Private'].map((ipAddressType) => ({
      resourceType: 'containerGroups',
      osType: 'Linux',
      location,
      ipAddressType,
      gpu: 'None',
      capabilities: { maxMemoryInGB: limits.mostMemoryInGB, maxCpu: limits.mostCpu, maxGpuCount: 0 },
    })),
  })
}

/** The images that nodes are said to have already. */
export function listCachedImages(): WireResponse {
  const images = ['mcr.microsoft.com/azuredocs/aci-helloworld', 'ubuntu:22.04', 'alpine:3.19']
  return jsonResponse(200, { value: images.map((image) => ({ osType: 'Linux', image })) })
}
