import { invalid } from '../aci-errors.ts'
import type { AciLimits } from '../aci-limits.ts'
import type { GroupPropertiesBody, PortBody } from '../group-body.ts'
import { isReservedPort } from './reserved-ports.ts'

/** The ports of containers and of the address, and the address' name. */
export function validateAddress(group: string, properties: GroupPropertiesBody, limits: AciLimits): void {
  const { containers = [], ipAddress, subnetIds = [], priority } = properties
  const ofContainers = containers.flatMap((container) => container.properties?.ports ?? [])
  for (const port of ofContainers) validatePort(group, port)
  const clash = firstTwice(ofContainers.map(keyOf))
  if (clash)
    throw invalid(
      'DuplicateContainerPorts',
      `The port '${clash}' is used by more than one container of container group '${group}', which share one network.`,
    )
  if (!ipAddress) return
  const { type, ports = [], dnsNameLabel } = ipAddress
  if (type !== 'Public' && type !== 'Private')
    throw invalid(
      'InvalidIpAddressType',
      `The 'ipAddress.type' for container group '${group}' is invalid. The value must be one of 'Public,Private'.`,
    )
  if (ports.length === 0)
    throw invalid(
      'MissingIpAddressPorts',
      `The ports in the 'ipAddress' of container group '${group}' cannot be empty.`,
    )
  if (ports.length > limits.portsAnAddress)
    throw invalid(
      'TooManyIpAddressPorts',
      `The 'ipAddress' of container group '${group}' has ${ports.length} ports. At most ${limits.portsAnAddress} are supported.`,
    )
  for (const port of ports) validatePort(group, port)
  const known = new Set(ofContainers.map(keyOf))
  const unused = ports.filter((port) => !known.has(keyOf(port)))
  if (unused.length > 0)
    throw invalid(
      'UnreferencedIpAddressPorts',
      `Following ports '${unused.map(({ port }) => port).join(',')}' in the 'ipAddress' are not used by any container in container group '${group}'.`,
    )
  if (
    dnsNameLabel !== undefined &&
    dnsNameLabel !== null &&
    !/^[a-z][a-z0-9-]{3,61}[a-z0-9]$/.test(dnsNameLabel)
  )
    throw invalid(
      'InvalidDnsNameLabel',
      `The DNS name label '${dnsNameLabel}' in container group '${group}' is invalid. It must be 5 to 63 characters of lower-case letters, digits and hyphens, and begin with a letter.`,
    )
  if (type === 'Public' && subnetIds.length > 0)
    throw invalid(
      'PublicIpAddressNotSupportedInVNet',
      `The container group '${group}' in a virtual network cannot have a public IP address.`,
    )
  if (type === 'Private' && dnsNameLabel)
    throw invalid(
      'DnsNameLabelNotSupported',
      `The container group '${group}' with a private IP address cannot have a DNS name label.`,
    )
  if (type === 'Public' && priority === 'Spot')
    throw invalid(
      'PublicIpAddressNotSupportedForSpot',
      `The container group '${group}' of priority 'Spot' cannot have a public IP address.`,
    )
}

function validatePort(group: string, { port, protocol = 'TCP' }: PortBody): void {
  if (!Number.isInteger(port) || port === undefined || port < 1 || port > 65_535)
    throw invalid(
      'InvalidPort',
      `The port '${port}' in container group '${group}' is invalid. It must be from 1 to 65535.`,
    )
  if (!['TCP', 'UDP'].includes(protocol))
    throw invalid(
      'InvalidPortProtocol',
      `The protocol '${protocol}' of port '${port}' in container group '${group}' is invalid. The value must be one of 'TCP,UDP'.`,
    )
  if (isReservedPort(port))
    throw invalid(
      'ReservedPort',
      `The port '${port}' in container group '${group}' is reserved by the service.`,
    )
}

function keyOf({ port, protocol = 'TCP' }: PortBody): string {
  return `${port}/${protocol}`
}

function firstTwice(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index)
}
