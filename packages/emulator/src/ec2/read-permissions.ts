import { newRuleId } from './default-network.ts'
import { ec2Error, missingParameter } from './ec2-errors.ts'
import type { SecurityGroupRule } from './network.ts'

interface PermissionInput {
  readonly IpProtocol?: string
  readonly FromPort?: string
  readonly ToPort?: string
  readonly IpRanges?: readonly { readonly CidrIp?: string; readonly Description?: string }[]
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6?: string; readonly Description?: string }[]
  readonly Groups?: readonly { readonly GroupId?: string; readonly Description?: string }[]
  readonly PrefixListIds?: readonly { readonly PrefixListId?: string; readonly Description?: string }[]
}

/** A list of permissions, or a single one spelled beside the group. */
export interface PermissionsInput extends PermissionInput {
  readonly IpPermissions?: readonly PermissionInput[]
  readonly CidrIp?: string
}

/** One rule for each source that a permission names. */
export function readPermissions(input: PermissionsInput): readonly SecurityGroupRule[] {
  const { IpPermissions: permissions = single(input) } = input
  const rules = permissions.flatMap(readPermission)
  if (rules.length === 0) throw missingParameter('IpPermissions')
  return rules
}

export function sameRule(left: SecurityGroupRule, right: SecurityGroupRule): boolean {
  const key = ({ protocol, fromPort, toPort, source }: SecurityGroupRule) =>
    [protocol, fromPort, toPort, source.kind, source.value].join(' ')
  return key(left) === key(right)
}

function single(input: PermissionsInput): readonly PermissionInput[] {
  if (input.CidrIp === undefined) return []
  return [{ ...input, IpRanges: [{ CidrIp: input.CidrIp }] }]
}

function readPermission(permission: PermissionInput): SecurityGroupRule[] {
  const { IpProtocol: protocol, FromPort: from, ToPort: to } = permission
  if (protocol === undefined) throw missingParameter('IpProtocol')
  const ports =
    protocol === '-1' || from === undefined ? {} : { fromPort: Number(from), toPort: Number(to ?? from) }
  for (const port of Object.values(ports)) {
    if (!(Number.isInteger(port) && port >= -1 && port <= 65_535))
      throw ec2Error('InvalidParameterValue', `Invalid value '${port}' for portRange.`)
  }
  const rule = (
    kind: SecurityGroupRule['source']['kind'],
    value: string | undefined,
    description: string | undefined,
  ): SecurityGroupRule => ({
    id: newRuleId(),
    protocol,
    ...ports,
    source: { kind, value: value ?? '', description },
  })
  const { IpRanges = [], Ipv6Ranges = [], Groups = [], PrefixListIds = [] } = permission
  return [
    ...IpRanges.map((range) => rule('ipv4', range.CidrIp, range.Description)),
    ...Ipv6Ranges.map((range) => rule('ipv6', range.CidrIpv6, range.Description)),
    ...Groups.map((group) => rule('group', group.GroupId, group.Description)),
    ...PrefixListIds.map((list) => rule('prefix-list', list.PrefixListId, list.Description)),
  ]
}
