import { newId } from '../aws/new-id.ts'
import { realNow } from '../clock/real-time.ts'
import { defaultNetwork } from './default-network.ts'
import type {
  InternetGateway,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  Tagged,
  Vpc,
} from './network.ts'

export interface NewInterface {
  readonly subnet: Subnet
  readonly groupIds: readonly string[]
  readonly description: string
  readonly publicIp: string | null
  /** Real milliseconds. */
  readonly publicIpShownAfterInMs: number
}

/** The networks of an account in one region. */
export class NetworkStore {
  readonly region: string
  readonly vpcs: readonly Vpc[]
  readonly subnets: readonly Subnet[]
  readonly routeTables: readonly RouteTable[]
  readonly internetGateways: readonly InternetGateway[]
  readonly groups: SecurityGroup[]
  readonly interfaces = new Map<string, NetworkInterface>()

  constructor(region: string, options: { readonly openDefaultGroup: boolean }) {
    const { vpc, subnets, routeTable, internetGateway, group } = defaultNetwork(region, options)
    this.region = region
    this.vpcs = [vpc]
    this.subnets = subnets
    this.routeTables = [routeTable]
    this.internetGateways = [internetGateway]
    this.groups = [group]
  }

  group(id: string): SecurityGroup | undefined {
    return this.groups.find((group) => group.id === id)
  }

  defaultGroupOf(vpcId: string): SecurityGroup | undefined {
    return this.groups.find((group) => group.vpcId === vpcId && group.name === 'default')
  }

  /** Makes a network interface in a subnet, with the next of its addresses. */
  addInterface({ subnet, publicIpShownAfterInMs, ...others }: NewInterface): NetworkInterface {
    subnet.addressesGiven += 1
    const made: NetworkInterface = {
      ...others,
      id: `eni-${newId(17)}`,
      attachmentId: `eni-attach-${newId(17)}`,
      subnet,
      macAddress: macAddress(),
      privateIp: nthAddress(subnet),
      publicIpShownAt: realNow() + publicIpShownAfterInMs,
      tags: new Map(),
    }
    this.interfaces.set(made.id, made)
    return made
  }

  /** Whatever carries tags, by its id. */
  tagged(id: string): Tagged | undefined {
    const all = [
      ...this.vpcs,
      ...this.subnets,
      ...this.routeTables,
      ...this.internetGateways,
      ...this.groups,
      ...this.interfaces.values(),
    ]
    return all.find((one) => one.id === id)
  }
}

/** The first four addresses of a subnet, and its last, are AWS' own. */
const RESERVED = 4
const SUBNET_SIZE = 4_096 - RESERVED - 1

function nthAddress({ cidr, addressesGiven }: Subnet): string {
  const [first = 0, second = 0, third = 0] = cidr.split('.').map(Number)
  const offset = RESERVED + ((addressesGiven - 1) % SUBNET_SIZE)
  return [first, second, third + Math.floor(offset / 256), offset % 256].join('.')
}

function macAddress(): string {
  return `0a:${(newId(10).match(/../g) ?? []).join(':')}`
}
