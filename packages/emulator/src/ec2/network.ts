/** What a virtual network is made of, as far as tasks need one. */
export interface Tagged {
  readonly tags: Map<string, string>
}

export interface Vpc extends Tagged {
  readonly id: string
  readonly cidr: string
  readonly isDefault: boolean
}

export interface Subnet extends Tagged {
  readonly id: string
  readonly vpcId: string
  /** `172.31.16.0/20` */
  readonly cidr: string
  /** `us-east-1a` */
  readonly zone: string
  /** `use1-az1` */
  readonly zoneId: string
  /** How many of its addresses were given out so far. */
  addressesGiven: number
}

export interface RouteTable extends Tagged {
  readonly id: string
  readonly vpcId: string
  /** Where what is not for the network itself goes. */
  readonly gatewayId: string
}

export interface InternetGateway extends Tagged {
  readonly id: string
  readonly vpcId: string
}

export interface SecurityGroup extends Tagged {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly vpcId: string
  readonly ingress: SecurityGroupRule[]
}

/** One source that may come in by one stretch of ports. */
export interface SecurityGroupRule {
  readonly id: string
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly protocol: string
  readonly fromPort?: number | undefined
  readonly toPort?: number | undefined
  readonly source: {
    readonly kind: 'ipv4' | 'ipv6' | 'group' | 'prefix-list'
    readonly value: string
    readonly description?: string | undefined
  }
}

export interface NetworkInterface extends Tagged {
  readonly id: string
  readonly attachmentId: string
  readonly subnet: Subnet
  readonly groupIds: readonly string[]
  readonly description: string
  readonly macAddress: string
  readonly privateIp: string
  /** Null: it has none. */
  readonly publicIp: string | null
  /** From when on it is told, in real milliseconds since the epoch. */
  readonly publicIpShownAt: number
}
