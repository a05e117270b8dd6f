import { type GroupPlan, type PlannedContainer, parseImageReference, reveal } from '@berth/core'
import type { AciNativeOptions } from './aci-native-options.ts'
import type { RegistryCredential } from './arm/container-group.ts'

/** Where images are whose names tell no registry. */
const USUAL_REGISTRY = 'index.docker.io'

/** The registries to log in to, each once: the service refuses more of them than there are containers. */
export async function convertRegistries(
  plan: Pick<GroupPlan, 'containers' | 'initContainers'>,
  { registryIdentities = {} }: Pick<AciNativeOptions, 'registryIdentities'>,
): Promise<readonly RegistryCredential[]> {
  const credentials = new Map<string, RegistryCredential>()
  for (const [server, identity] of Object.entries(registryIdentities)) {
    credentials.set(server, { server, identity })
  }
  for (const { image, registry } of [...plan.containers, ...plan.initContainers]) {
    if (registry === undefined) continue
    const server = registryOf({ image, registry })
    const { username, password } = registry
    credentials.set(server, { server, username, password: await reveal(password) })
  }
  return [...credentials.values()]
}

/** The host at which a container's credentials are meant. */
export function registryOf({ image, registry }: Pick<PlannedContainer, 'image' | 'registry'>): string {
  const named = registry?.server ?? parseImageReference(image).registry ?? USUAL_REGISTRY
  return named === 'docker.io' ? USUAL_REGISTRY : named
}
