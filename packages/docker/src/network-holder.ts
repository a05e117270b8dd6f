import { type Labels, readContainer, readRole } from './docker-labels.ts'
import { MAIN } from './docker-names.ts'
import type { ContainerInspect, ContainerSummary, EndpointSettings } from './engine/index.ts'

/** The container that holds a run's network, as far as its addresses go. */
export interface NetworkHolder {
  readonly labels: Labels
  readonly running: boolean
  /** `host`, `bridge`, a network's name. */
  readonly networkMode: string | undefined
  /** Its own address on its first network. */
  readonly ownAddress: string | undefined
  /** The engine's address on that network. */
  readonly gateway: string | undefined
  /** Where the engine has published a port, such as `80/tcp`. */
  published(port: string): readonly PublishedPort[]
}

interface PublishedPort {
  readonly HostIp?: string | undefined
  readonly HostPort?: string | undefined
}

/** Which of a run's containers holds its network: the one made for it, else the main one, which then is alone. */
export function findHolder<T>(containers: readonly T[], labelsOf: (container: T) => Labels): T | undefined {
  return (
    containers.find((container) => readRole(labelsOf(container)) === 'network') ??
    containers.find((container) => readContainer(labelsOf(container)) === MAIN)
  )
}

/** A container that was inspected. */
export function inspectedHolder(container: ContainerInspect): NetworkHolder {
  const { Config, State, HostConfig, NetworkSettings } = container
  return {
    labels: Config.Labels ?? {},
    running: State.Running,
    networkMode: HostConfig.NetworkMode,
    ...placeOf(NetworkSettings.Networks),
    published: (port) => NetworkSettings.Ports?.[port] ?? [],
  }
}

/** A container of a list. */
export function listedHolder(container: ContainerSummary): NetworkHolder {
  const { Labels, State, HostConfig, NetworkSettings, Ports } = container
  return {
    labels: Labels ?? {},
    running: State === 'running' || State === 'paused',
    networkMode: HostConfig?.NetworkMode,
    ...placeOf(NetworkSettings?.Networks),
    published: (port) =>
      Ports.filter(
        ({ PrivatePort, Type, PublicPort }) => `${PrivatePort}/${Type}` === port && PublicPort,
      ).map(({ IP, PublicPort }) => ({ HostIp: IP, HostPort: String(PublicPort) })),
  }
}

function placeOf(networks: Readonly<Record<string, EndpointSettings>> | null | undefined) {
  const first = Object.values(networks ?? {}).find(({ IPAddress }) => IPAddress)
  return { ownAddress: first?.IPAddress, gateway: first?.Gateway }
}
