import { realNow } from '../clock/real-time.ts'
import type {
  InternetGateway,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Tagged,
  Vpc,
} from './network.ts'
import type { NetworkStore } from './network-store.ts'

export interface Owner {
  readonly accountId: string
  readonly region: string
}

export function renderVpc(vpc: Vpc, { accountId }: Owner): object {
  return {
    vpcId: vpc.id,
    ownerId: accountId,
    state: 'available',
    cidrBlock: vpc.cidr,
    dhcpOptionsId: 'default',
    instanceTenancy: 'default',
    isDefault: vpc.isDefault,
    tagSet: renderTags(vpc),
  }
}

export function renderSubnet(subnet: Subnet, { accountId, region }: Owner): object {
  return {
    subnetId: subnet.id,
    subnetArn: `arn:aws:ec2:${region}:${accountId}:subnet/${subnet.id}`,
    state: 'available',
    ownerId: accountId,
    vpcId: subnet.vpcId,
    cidrBlock: subnet.cidr,
    ipv6CidrBlockAssociationSet: [],
    assignIpv6AddressOnCreation: false,
    availableIpAddressCount: 4_091 - subnet.addressesGiven,
    availabilityZone: subnet.zone,
    availabilityZoneId: subnet.zoneId,
    defaultForAz: true,
    mapPublicIpOnLaunch: true,
    tagSet: renderTags(subnet),
  }
}

export function renderRouteTable(table: RouteTable, vpcCidr: string, { accountId }: Owner): object {
  return {
    routeTableId: table.id,
    vpcId: table.vpcId,
    ownerId: accountId,
    routeSet: [
      {
        destinationCidrBlock: vpcCidr,
        gatewayId: 'local',
        state: 'active',
        origin: 'CreateRouteTable',
      },
      {
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: table.gatewayId,
        state: 'active',
        origin: 'CreateRoute',
      },
    ],
    associationSet: [
      {
        routeTableAssociationId: table.id.replace('rtb', 'rtbassoc'),
        routeTableId: table.id,
        main: true,
        associationState: { state: 'associated' },
      },
    ],
    propagatingVgwSet: [],
    tagSet: renderTags(table),
  }
}

export function renderInternetGateway(gateway: InternetGateway, { accountId }: Owner): object {
  return {
    internetGatewayId: gateway.id,
    ownerId: accountId,
    attachmentSet: [{ vpcId: gateway.vpcId, state: 'available' }],
    tagSet: renderTags(gateway),
  }
}

export function renderGroup(group: SecurityGroup, { accountId, region }: Owner): object {
  return {
    ownerId: accountId,
    groupId: group.id,
    securityGroupArn: `arn:aws:ec2:${region}:${accountId}:security-group/${group.id}`,
    groupName: group.name,
    groupDescription: group.description,
    vpcId: group.vpcId,
    ipPermissions: group.ingress.map((rule) => renderPermission(rule, accountId)),
    ipPermissionsEgress: [
      {
        ipProtocol: '-1',
        groups: [],
        ipRanges: [{ cidrIp: '0.0.0.0/0' }],
        ipv6Ranges: [],
        prefixListIds: [],
      },
    ],
    tagSet: renderTags(group),
  }
}

function renderPermission(
  { protocol, fromPort, toPort, source }: SecurityGroupRule,
  accountId: string,
): object {
  const { kind, value, description } = source
  const only = (wanted: typeof kind, rendered: object) =>
    kind === wanted ? [{ ...rendered, description }] : []
  return {
    ipProtocol: protocol,
    fromPort,
    toPort,
    groups: only('group', { userId: accountId, groupId: value }),
    ipRanges: only('ipv4', { cidrIp: value }),
    ipv6Ranges: only('ipv6', { cidrIpv6: value }),
    prefixListIds: only('prefix-list', { prefixListId: value }),
  }
}

export function renderRule(rule: SecurityGroupRule, groupId: string, { accountId, region }: Owner): object {
  const { kind, value, description } = rule.source
  return {
    securityGroupRuleId: rule.id,
    securityGroupRuleArn: `arn:aws:ec2:${region}:${accountId}:security-group-rule/${rule.id}`,
    groupId,
    groupOwnerId: accountId,
    isEgress: false,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    ...(kind === 'ipv4' && { cidrIpv4: value }),
    ...(kind === 'ipv6' && { cidrIpv6: value }),
    ...(kind === 'prefix-list' && { prefixListId: value }),
    ...(kind === 'group' && { referencedGroupInfo: { groupId: value, userId: accountId } }),
    description,
    tagSet: [],
  }
}

/** Fargate's interfaces belong to the account, but Fargate manages them. */
const FARGATE_ACCOUNT = '578734482556'

export function renderInterface(
  network: NetworkInterface,
  groups: Pick<NetworkStore, 'group'>,
  { accountId, region }: Owner,
): object {
  const { subnet, privateIp, publicIp } = network
  const privateDnsName = dnsName('ip', privateIp, region === 'us-east-1' ? 'ec2' : `${region}.compute`)
  const association =
    publicIp !== null && realNow() >= network.publicIpShownAt
      ? {
          publicIp,
          publicDnsName: `${dnsName('ec2', publicIp, region === 'us-east-1' ? 'compute-1' : `${region}.compute`).replace(/\.internal$/, '')}.amazonaws.com`,
          ipOwnerId: 'amazon',
        }
      : undefined
  return {
    networkInterfaceId: network.id,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    availabilityZone: subnet.zone,
    description: network.description,
    ownerId: accountId,
    requesterId: FARGATE_ACCOUNT,
    requesterManaged: true,
    status: 'in-use',
    interfaceType: 'interface',
    macAddress: network.macAddress,
    privateIpAddress: privateIp,
    privateDnsName,
    sourceDestCheck: true,
    groupSet: network.groupIds.map((id) => ({ groupId: id, groupName: groups.group(id)?.name ?? '' })),
    attachment: {
      attachmentId: network.attachmentId,
      instanceOwnerId: FARGATE_ACCOUNT,
      deviceIndex: 1,
      status: 'attached',
      deleteOnTermination: false,
    },
    association,
    privateIpAddressesSet: [{ privateIpAddress: privateIp, privateDnsName, primary: true, association }],
    ipv6AddressesSet: [],
    tagSet: renderTags(network),
  }
}

export function renderTags({ tags }: Tagged): object[] {
  return [...tags].map(([key, value]) => ({ key, value }))
}

function dnsName(prefix: string, address: string, domain: string): string {
  return `${prefix}-${address.replaceAll('.', '-')}.${domain}.internal`
}
