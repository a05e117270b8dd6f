import { newId } from '../aws/new-id.ts'
import type { InternetGateway, RouteTable, SecurityGroup, Subnet, Vpc } from './network.ts'

export interface DefaultNetwork {
  readonly vpc: Vpc
  readonly subnets: readonly Subnet[]
  readonly routeTable: RouteTable
  readonly internetGateway: InternetGateway
  readonly group: SecurityGroup
}

const ZONES = ['a', 'b', 'c']

/** What every account has in every region: a network with a public subnet in each zone. */
export function defaultNetwork(
  region: string,
  { openDefaultGroup }: { readonly openDefaultGroup: boolean },
): DefaultNetwork {
  const vpcId = `vpc-${newId(17)}`
  const gatewayId = `igw-${newId(17)}`
  const groupId = `sg-${newId(17)}`
  return {
    vpc: { id: vpcId, cidr: '172.31.0.0/16', isDefault: true, tags: new Map() },
    subnets: ZONES.map((zone, index) => ({
      id: `subnet-${newId(17)}`,
      vpcId,
      cidr: `172.31.${index * 16}.0/20`,
      zone: `${region}${zone}`,
      zoneId: `${zonePrefix(region)}-az${index + 1}`,
      addressesGiven: 0,
      tags: new Map(),
    })),
    routeTable: { id: `rtb-${newId(17)}`, vpcId, gatewayId, tags: new Map() },
    internetGateway: { id: gatewayId, vpcId, tags: new Map() },
    group: {
      id: groupId,
      name: 'default',
      description: 'default VPC security group',
      vpcId,
      ingress: [
        { id: newRuleId(), protocol: '-1', source: { kind: 'group', value: groupId } },
        ...(openDefaultGroup
          ? [{ id: newRuleId(), protocol: '-1', source: { kind: 'ipv4', value: '0.0.0.0/0' } } as const]
          : []),
      ],
      tags: new Map(),
    },
  }
}

export function newRuleId(): string {
  return `sgr-${newId(17)}`
}

/** `use1` of `us-east-1`. */
function zonePrefix(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-')
  return `${area}${direction.replace(/(north|south|east|west|central)/g, (word) => word[0] ?? '')}${number}`
}
