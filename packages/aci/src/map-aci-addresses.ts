import type { Address } from '@berth/core'
import type { IpAddress } from './arm/container-group.ts'

/** Where the ports of a run are; empty until the service has given it an address, which it says in several ways. */
export function mapAciAddresses(ipAddress: IpAddress | null | undefined): Address[] {
  const ip = addressOf(ipAddress)
  if (!ipAddress || ip === undefined) return []
  return (ipAddress.ports ?? []).map(({ port, protocol }) => ({
    host: ip,
    port,
    containerPort: port,
    protocol: protocol?.toUpperCase() === 'UDP' ? 'udp' : 'tcp',
    exposure: ipAddress.type === 'Private' ? 'private' : 'public',
  }))
}

/** The address itself; undefined where there is none yet. */
export function addressOf(ipAddress: IpAddress | null | undefined): string | undefined {
  const ip = ipAddress?.ip
  return typeof ip === 'string' && ip !== '' && ip !== '0.0.0.0' && ip !== '::' ? ip : undefined
}
