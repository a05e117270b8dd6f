import type { Address, Exposure } from '@berth/core'
import { readExposure, readPorts } from './docker-labels.ts'
import type { EngineLocation } from './engine-location.ts'
import type { NetworkHolder } from './network-holder.ts'

/**
 * Where the ports of a run are; empty while it does not run. What is published stands first, as published; where the engine's network is one
 * of this machine's, the container's own address follows, which tells more: a published port is taken by the engine's proxy whether or not
 * anybody listens behind it. A `private` run has its own address only.
 */
export function mapDockerAddresses(holder: NetworkHolder | undefined, location: EngineLocation): Address[] {
  if (!holder?.running) return []
  const exposure = readExposure(holder.labels)
  const { networkMode, ownAddress } = holder
  const direct = directHost(holder, location)
  return readPorts(holder.labels).flatMap(({ port, protocol }): Address[] => {
    const at = (host: string, hostPort: number, reach: Exposure): Address => ({
      host,
      port: hostPort,
      containerPort: port,
      protocol,
      exposure: reach,
    })
    if (networkMode === 'host') return [at(location.host, port, exposure)]
    if (exposure === 'private') return ownAddress ? [at(ownAddress, port, exposure)] : []
    const hostPort = publishedPort(holder, `${port}/${protocol}`)
    if (hostPort === undefined) return []
    const hosts =
      exposure === 'public' && location.local
        ? [{ host: location.host, reach: 'local' as const }, ...externalHosts()]
        : [{ host: location.host, reach: exposure }]
    return [
      ...hosts.map(({ host, reach }) => ({ ...at(host, hostPort, reach), proxied: true })),
      ...(direct ? [at(direct, port, 'private')] : []),
    ]
  })
}

/** Where the engine has published a port; undefined where it has not. */
export function publishedPort(holder: NetworkHolder, port: string): number | undefined {
  const published = holder.published(port)
  // A port that is published on every address has a second entry for IPv6.
  const entry = published.find(({ HostIp }) => !HostIp?.includes(':')) ?? published[0]
  const hostPort = Number(entry?.HostPort)
  return hostPort > 0 ? hostPort : undefined
}

/**
 * The container's own address where it can be dialled from here: where the engine's side of its network is an address of this machine. It
 * is not for Docker Desktop, rootless engines and other machines, whose networks are elsewhere.
 */
export function directHost(
  { ownAddress, gateway }: NetworkHolder,
  { local }: EngineLocation,
): string | undefined {
  if (!local || !ownAddress || !gateway) return undefined
  if (!ownGateways.has(gateway) && ownInterfaces().some(({ address }) => address === gateway)) {
    ownGateways.add(gateway)
  }
  return ownGateways.has(gateway) ? ownAddress : undefined
}

/** As long as a container's network has it as its gateway, the engine keeps it: once seen it need not be looked for again. */
const ownGateways = new Set<string>()

/** This machine's addresses on networks of others; those of the engine's own bridges are none. */
function externalHosts(): { readonly host: string; readonly reach: Exposure }[] {
  return ownInterfaces()
    .filter(
      ({ name, family, internal }) =>
        family === 'IPv4' && !internal && !/^(?:docker|br-|veth|podman|cni)/.test(name),
    )
    .map(({ address }) => ({ host: address, reach: 'public' as const }))
}

/** Every container adds an interface, and listing them all takes the kernel a while: fifty starts at once share one list. */
const INTERFACES_LAST_MS = 2_000
let interfaces: { readonly listedAt: number; readonly list: ReturnType<typeof listInterfaces> } | undefined

function ownInterfaces() {
  const now = performance.now()
  if (interfaces === undefined || now - interfaces.listedAt > INTERFACES_LAST_MS) {
    interfaces = { listedAt: now, list: listInterfaces() }
  }
  return interfaces.list
}

function listInterfaces() {
  const byName = Object.entries(process.getBuiltinModule('node:os').networkInterfaces())
  return byName.flatMap(([name, addresses = []]) => addresses.map((address) => ({ ...address, name })))
}
