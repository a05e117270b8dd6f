import type { AwsRequest } from '../aws/aws-operation.ts'
import { newId } from '../aws/new-id.ts'
import { ec2Error, groupNotFound, missingParameter } from './ec2-errors.ts'
import type { Ec2Parts } from './ec2-parts.ts'
import type { SecurityGroup } from './network.ts'
import { type PermissionsInput, readPermissions, sameRule } from './read-permissions.ts'
import { renderRule, renderTags } from './render-network.ts'
import { readTags, type TagSpecification } from './tags.ts'

interface CreateInput {
  readonly GroupName?: string
  readonly GroupDescription?: string
  readonly VpcId?: string
  readonly TagSpecification?: readonly TagSpecification[]
}

export function createSecurityGroup(request: AwsRequest, { networks, account }: Ec2Parts): object {
  const network = networks.in(request.region)
  const input = request.input<CreateInput>()
  const { GroupName: name, GroupDescription: description } = input
  if (!name) throw missingParameter('GroupName')
  if (!description) throw missingParameter('GroupDescription')
  const vpcId = input.VpcId ?? network.vpcs.find(({ isDefault }) => isDefault)?.id ?? ''
  if (!network.vpcs.some(({ id }) => id === vpcId))
    throw ec2Error('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`)
  if (network.groups.some((group) => group.name === name && group.vpcId === vpcId))
    throw ec2Error('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`)
  const group: SecurityGroup = {
    id: `sg-${newId(17)}`,
    name,
    description,
    vpcId,
    ingress: [],
    tags: readTags(input.TagSpecification, 'security-group'),
  }
  network.groups.push(group)
  return {
    return: true,
    groupId: group.id,
    securityGroupArn: `arn:aws:ec2:${request.region}:${account.accountId}:security-group/${group.id}`,
    tagSet: renderTags(group),
  }
}

export function deleteSecurityGroup(request: AwsRequest, parts: Ec2Parts): object {
  const network = parts.networks.in(request.region)
  const group = requireGroup(request, parts)
  if (group.name === 'default')
    throw ec2Error(
      'CannotDelete',
      `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
    )
  if ([...network.interfaces.values()].some(({ groupIds }) => groupIds.includes(group.id)))
    throw ec2Error('DependencyViolation', `resource ${group.id} has a dependent object`)
  network.groups.splice(network.groups.indexOf(group), 1)
  return { return: true, groupId: group.id }
}

export function authorizeIngress(request: AwsRequest, parts: Ec2Parts): object {
  const group = requireGroup(request, parts)
  const rules = readPermissions(request.input<PermissionsInput>())
  const known = rules.find((rule) => group.ingress.some((other) => sameRule(rule, other)))
  if (known)
    throw ec2Error(
      'InvalidPermission.Duplicate',
      `the specified rule "peer: ${known.source.value}, ${known.protocol.toUpperCase()}, from port: ${known.fromPort}, to port: ${known.toPort}, ALLOW" already exists`,
    )
  group.ingress.push(...rules)
  const owner = { accountId: parts.account.accountId, region: request.region }
  return { return: true, securityGroupRuleSet: rules.map((rule) => renderRule(rule, group.id, owner)) }
}

export function revokeIngress(request: AwsRequest, parts: Ec2Parts): object {
  const group = requireGroup(request, parts)
  for (const rule of readPermissions(request.input<PermissionsInput>())) {
    const index = group.ingress.findIndex((other) => sameRule(rule, other))
    if (index < 0)
      throw ec2Error(
        'InvalidPermission.NotFound',
        'The specified rule does not exist in this security group.',
      )
    group.ingress.splice(index, 1)
  }
  return { return: true }
}

/** By its id; or, in the default network, by its name. */
function requireGroup(request: AwsRequest, { networks }: Ec2Parts): SecurityGroup {
  const { GroupId: id, GroupName: name } = request.input<{ GroupId?: string; GroupName?: string }>()
  const { groups } = networks.in(request.region)
  if (id === undefined && name === undefined) throw missingParameter('GroupId')
  const group = groups.find((one) => (id === undefined ? one.name === name : one.id === id))
  if (!group) throw groupNotFound(id ?? name ?? '')
  return group
}
