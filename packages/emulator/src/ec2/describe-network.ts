import type { AwsRequest } from '../aws/aws-operation.ts'
import { ec2Error, groupNotFound } from './ec2-errors.ts'
import type { Ec2Parts } from './ec2-parts.ts'
import type { Tagged } from './network.ts'
import type { NetworkStore } from './network-store.ts'
import {
  type Owner,
  renderGroup,
  renderInterface,
  renderInternetGateway,
  renderRouteTable,
  renderSubnet,
  renderVpc,
} from './render-network.ts'
import { type Filter, type Selection, selectResources } from './select-resources.ts'

interface DescribeInput {
  readonly Filter?: readonly Filter[]
  readonly MaxResults?: string
  readonly NextToken?: string
  readonly VpcId?: readonly string[]
  readonly SubnetId?: readonly string[]
  readonly GroupId?: readonly string[]
  readonly GroupName?: readonly string[]
  readonly RouteTableId?: readonly string[]
  readonly InternetGatewayId?: readonly string[]
  readonly NetworkInterfaceId?: readonly string[]
}

export function describeVpcs(request: AwsRequest, parts: Ec2Parts): object {
  const { input, network, owner } = read(request, parts)
  return select('vpcSet', network.vpcs, input, (vpc) => renderVpc(vpc, owner), {
    ids: input.VpcId,
    idOf: ({ id }) => id,
    notFound: (id) => ec2Error('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`),
    valuesOf: {
      'vpc-id': ({ id }) => [id],
      'is-default': ({ isDefault }) => [String(isDefault)],
      isDefault: ({ isDefault }) => [String(isDefault)],
      cidr: ({ cidr }) => [cidr],
      state: () => ['available'],
    },
  })
}

export function describeSubnets(request: AwsRequest, parts: Ec2Parts): object {
  const { input, network, owner } = read(request, parts)
  return select('subnetSet', network.subnets, input, (subnet) => renderSubnet(subnet, owner), {
    ids: input.SubnetId,
    idOf: ({ id }) => id,
    notFound: (id) => ec2Error('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`),
    valuesOf: {
      'subnet-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'default-for-az': () => ['true'],
      defaultForAz: () => ['true'],
      'map-public-ip-on-launch': () => ['true'],
      'availability-zone': ({ zone }) => [zone],
      'availability-zone-id': ({ zoneId }) => [zoneId],
      'cidr-block': ({ cidr }) => [cidr],
      state: () => ['available'],
    },
  })
}

export function describeSecurityGroups(request: AwsRequest, parts: Ec2Parts): object {
  const { input, network, owner } = read(request, parts)
  const names = input.GroupName
  const missing = names?.find((name) => !network.groups.some((group) => group.name === name))
  if (missing !== undefined) throw groupNotFound(missing)
  const groups = network.groups.filter(({ name }) => names?.includes(name) ?? true)
  return select('securityGroupInfo', groups, input, (group) => renderGroup(group, owner), {
    ids: input.GroupId,
    idOf: ({ id }) => id,
    notFound: groupNotFound,
    valuesOf: {
      'group-id': ({ id }) => [id],
      'group-name': ({ name }) => [name],
      description: ({ description }) => [description],
      'vpc-id': ({ vpcId }) => [vpcId],
      'owner-id': () => [owner.accountId],
    },
  })
}

export function describeRouteTables(request: AwsRequest, parts: Ec2Parts): object {
  const { input, network, owner } = read(request, parts)
  const cidrOf = (vpcId: string) => network.vpcs.find(({ id }) => id === vpcId)?.cidr ?? ''
  return select(
    'routeTableSet',
    network.routeTables,
    input,
    (table) => renderRouteTable(table, cidrOf(table.vpcId), owner),
    {
      ids: input.RouteTableId,
      idOf: ({ id }) => id,
      notFound: (id) => ec2Error('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`),
      valuesOf: {
        'route-table-id': ({ id }) => [id],
        'vpc-id': ({ vpcId }) => [vpcId],
        'association.main': () => ['true'],
        // The subnets of a new account go by its network's main table, which is no association of theirs.
        'association.subnet-id': () => [],
        'route.gateway-id': ({ gatewayId }) => [gatewayId, 'local'],
        'route.destination-cidr-block': ({ vpcId }) => ['0.0.0.0/0', cidrOf(vpcId)],
      },
    },
  )
}

export function describeInternetGateways(request: AwsRequest, parts: Ec2Parts): object {
  const { input, network, owner } = read(request, parts)
  const render = (gateway: NetworkStore['internetGateways'][number]) => renderInternetGateway(gateway, owner)
  return select('internetGatewaySet', network.internetGateways, input, render, {
    ids: input.InternetGatewayId,
    idOf: ({ id }) => id,
    notFound: (id) =>
      ec2Error('InvalidInternetGatewayID.NotFound', `The internetGateway ID '${id}' does not exist`),
    valuesOf: {
      'internet-gateway-id': ({ id }) => [id],
      'attachment.vpc-id': ({ vpcId }) => [vpcId],
      'attachment.state': () => ['available'],
    },
  })
}

export function describeNetworkInterfaces(request: AwsRequest, parts: Ec2Parts): object {
  const { input, network, owner } = read(request, parts)
  const all = [...network.interfaces.values()]
  return select('networkInterfaceSet', all, input, (one) => renderInterface(one, network, owner), {
    ids: input.NetworkInterfaceId,
    idOf: ({ id }) => id,
    notFound: (id) =>
      ec2Error('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`),
    valuesOf: {
      'network-interface-id': ({ id }) => [id],
      'subnet-id': ({ subnet }) => [subnet.id],
      'vpc-id': ({ subnet }) => [subnet.vpcId],
      'availability-zone': ({ subnet }) => [subnet.zone],
      'group-id': ({ groupIds }) => groupIds,
      description: ({ description }) => [description],
      'private-ip-address': ({ privateIp }) => [privateIp],
      'addresses.private-ip-address': ({ privateIp }) => [privateIp],
      'association.public-ip': ({ publicIp }) => [publicIp ?? undefined],
      'mac-address': ({ macAddress }) => [macAddress],
      'attachment.attachment-id': ({ attachmentId }) => [attachmentId],
      'attachment.status': () => ['attached'],
      'interface-type': () => ['interface'],
      'requester-managed': () => ['true'],
      status: () => ['in-use'],
    },
  })
}

export function describeAvailabilityZones(request: AwsRequest, parts: Ec2Parts): object {
  const { network, owner } = read(request, parts)
  return {
    availabilityZoneInfo: network.subnets.map(({ zone, zoneId }) => ({
      zoneName: zone,
      zoneId,
      zoneState: 'available',
      zoneType: 'availability-zone',
      optInStatus: 'opt-in-not-required',
      regionName: owner.region,
      groupName: owner.region,
      networkBorderGroup: owner.region,
      messageSet: [],
    })),
  }
}

function read(
  request: AwsRequest,
  { networks, account }: Ec2Parts,
): { readonly input: DescribeInput; readonly network: NetworkStore; readonly owner: Owner } {
  return {
    input: request.input<DescribeInput>(),
    network: networks.in(request.region),
    owner: { accountId: account.accountId, region: request.region },
  }
}

function select<Item extends Tagged>(
  name: string,
  all: readonly Item[],
  { Filter: filters, MaxResults: maxResults, NextToken: nextToken }: DescribeInput,
  render: (item: Item) => object,
  selection: Selection<Item>,
): object {
  const page = selectResources(all, { ...selection, filters, maxResults, nextToken })
  return { [name]: page.items.map(render), nextToken: page.nextToken }
}
