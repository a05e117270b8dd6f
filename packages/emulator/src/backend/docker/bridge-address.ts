import type { ContainerInspect } from '@berth/docker/engine'

/** The address of a container on its first network; null while it has none. */
export function bridgeAddress(container: ContainerInspect | null): string | null {
  const networks = Object.values(container?.NetworkSettings.Networks ?? {})
  return networks.find(({ IPAddress }) => IPAddress !== '')?.IPAddress ?? null
}
