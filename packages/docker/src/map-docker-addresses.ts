import type { Address, Exposure } from '@berth/core'
import { type Labels, readExposure, readPorts } from './docker-labels.ts'
import {
  type ContainerInspect,
  type ContainerSummary,
  type EndpointSettings,
  type EngineEndpoint,
  isLoopback,
} from './engine/index.ts'

/** Where an engine's machine is, seen from here. */
export interface EngineLocation {
  /** The host under which published ports are reached. */
  readonly host: string
  /** Whether that is this machine (a virtual one of Docker Desktop's included, which maps its ports here). */
  readonly local: boolean
}

/** Where published ports of an engine are. */
export function locateEngine(endpoint: EngineEndpoint): EngineLocation {
  const remote = endpoint.kind === 'tcp' && !isLoopback(endpoint.host)
  return remote ? { host: endpoint.host, local: false } : { host: '127.0.0.1', local: true }
}

/** The container that holds a run's network, as far as its addresses go. */
export interface NetworkHolder {
  readonly labels: Labels
  readonly running: boolean
  /** `host`, `bridge`, a network's name. */
  readonly networkMode: string | undefined
  /** Its own address on its first network. */
  readonly ownAddress: string | undefined
  /** Where the engine has published a port, such as `80/tcp`. */
  published(
    port: string,
  ): readonly { readonly HostIp?: string | undefined; readonly HostPort?: string | undefined }[]
}

/** A container that was inspected. */
export function inspectedHolder({
  Config,
  State,
  HostConfig,
  NetworkSettings,
}: ContainerInspect): NetworkHolder {
  return {
    labels: Config.Labels ?? {},
    running: State.Running,
    networkMode: HostConfig.NetworkMode,
    ownAddress: firstAddress(NetworkSettings.Networks) ?? (NetworkSettings.IPAddress || undefined),
    published: (port) => NetworkSettings.Ports?.[port] ?? [],
  }
}

/** A container of a list. */
export function listedHolder({
  Labels,
  State,
  HostConfig,
  NetworkSettings,
  Ports,
}: ContainerSummary): NetworkHolder {
  return {
    labels: Labels ?? {},
    running: State === 'running' || State === 'paused',
    networkMode: HostConfig?.NetworkMode,
    ownAddress: firstAddress(NetworkSettings?.Networks),
    published: (port) =>
      Ports.filter(
        ({ PrivatePort, Type, PublicPort }) => `${PrivatePort}/${Type}` === port && PublicPort,
      ).map(({ IP, PublicPort }) => ({ HostIp: IP, HostPort: String(PublicPort) })),
  }
}

/**
 * Where the ports of a run are. What is published stands as published; a `private` run's ports are those of its own address on the
 * engine's network. Empty while it does not run.
 */
export function mapDockerAddresses(holder: NetworkHolder | undefined, location: EngineLocation): Address[] {
  if (!holder?.running) return []
  const exposure = readExposure(holder.labels)
  return readPorts(holder.labels).flatMap(({ port, protocol }): Address[] => {
    const at = (host: string, hostPort: number, reach: Exposure): Address => ({
      host,
      port: hostPort,
      containerPort: port,
      protocol,
      exposure: reach,
    })
    if (holder.networkMode === 'host') return [at(location.host, port, exposure)]
    if (exposure === 'private') return holder.ownAddress ? [at(holder.ownAddress, port, exposure)] : []
    const published = holder.published(`${port}/${protocol}`)
    // A port that is published on every address has a second entry for IPv6.
    const hostPort = Number(
      (published.find(({ HostIp }) => !HostIp?.includes(':')) ?? published[0])?.HostPort,
    )
    if (!(hostPort > 0)) return []
    const hosts =
      exposure === 'public' && location.local
        ? [{ host: location.host, reach: 'local' as const }, ...externalHosts()]
        : [{ host: location.host, reach: exposure }]
    return hosts.map(({ host, reach }) => ({ ...at(host, hostPort, reach), proxied: true }))
  })
}

function firstAddress(
  networks: Readonly<Record<string, EndpointSettings>> | null | undefined,
): string | undefined {
  return Object.values(networks ?? {})
    .map(({ IPAddress }) => IPAddress)
    .find(Boolean)
}

/** This machine's addresses on networks of others; those of the engine's own bridges are none. */
function externalHosts(): { readonly host: string; readonly reach: Exposure }[] {
  const interfaces = Object.entries(process.getBuiltinModule('node:os').networkInterfaces())
  return interfaces
    .filter(([name]) => !/^(?:docker|br-|veth|podman|cni)/.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => ({ host: address, reach: 'public' as const }))
}
