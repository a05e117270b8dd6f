import { invalid } from '../aci-errors.ts'
import type { GroupPropertiesBody } from '../group-body.ts'

/** Until 2021 a group entered a virtual network by a network profile. No network is emulated, so there never is one by that id. */
export function validateNetworkProfile(group: string, { networkProfile }: GroupPropertiesBody): void {
  if (!networkProfile) return
  throw invalid(
    'NetworkProfileNotFound',
    `Network profile '${networkProfile.id ?? ''}' is not found for container group '${group}'.`,
  )
}
