import type { EmulatedTime } from '../clock/emulated-time.ts'
import { realNow } from '../clock/real-time.ts'
import type { AciDialect } from './aci-dialect.ts'
import type { ContainerGroup } from './container-group.ts'
import type { PortBody } from './group-body.ts'

/** A group's ipAddress, with the address itself as soon as the dialect shows it. */
export function renderAddress(
  group: ContainerGroup,
  { address: shown }: AciDialect,
  time: EmulatedTime,
): object {
  const { ipAddress } = group.properties
  if (!ipAddress) return {}
  const { ip: _, dnsNameLabel, ports = [], ...asked } = ipAddress
  return {
    ipAddress: {
      ports: ports.map((port) => renderPort(port, group)),
      ...renderIp(group, shown, time),
      ...asked,
      ...(dnsNameLabel && {
        dnsNameLabel,
        fqdn: `${dnsNameLabel}.${group.location}.azurecontainer.io`,
      }),
    },
  }
}

/** Where this platform cannot give a group an address of its own, the number that answers stands for the one that was asked for. */
function renderPort(port: PortBody, { address }: ContainerGroup): PortBody {
  const mapped = address?.mappedPorts.get(`${port.port}/${port.protocol}`)
  return mapped === undefined ? port : { ...port, port: mapped }
}

function renderIp(group: ContainerGroup, shown: AciDialect['address'], time: EmulatedTime): object {
  const { address, succeededAt } = group
  if (shown === 'accepted' || shown === 'succeeded') {
    const isShown = address && (shown === 'accepted' || succeededAt !== null)
    return isShown ? { ip: address.ip } : {}
  }
  const isDue = succeededAt !== null && realNow() - succeededAt >= time.toReal(shown.afterSucceededInMs)
  if (address && isDue) return { ip: address.ip }
  if (shown.until === 'absent' || succeededAt === null) return {}
  return { ip: shown.until === 'null' ? null : shown.until }
}
