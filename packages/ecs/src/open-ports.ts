import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2'
import { BerthError, type CallContext, type PlannedPort } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { shared } from './shared.ts'

/** The tag of all that a set-up makes. */
export const SETUP_TAG = 'berth-setup'

/**
 * Has a security group let in whoever may come at a run's ports. Only one that a set-up has made is changed: in another a rule that lacks is the
 * user's to add, and the error says how. Throws `permission` where nobody could reach the run.
 */
export async function openPorts(
  account: EcsAccount,
  group: SecurityGroup,
  ports: readonly PlannedPort[],
  context: CallContext,
): Promise<void> {
  for (const port of ports) {
    if (letsIn(group, port)) continue
    const key = `${group.GroupId} ${port.protocol}/${port.port}`
    await shared(account.openPorts, key, context, () => openPort(account, group, port, context))
  }
}

async function openPort(
  account: EcsAccount,
  { GroupId: groupId = '', Tags: tags = [] }: SecurityGroup,
  { port, protocol }: PlannedPort,
  context: CallContext,
): Promise<void> {
  const { ingressFrom } = account.place
  if (!tags.some(({ Key }) => Key === SETUP_TAG)) {
    throw new BerthError({
      code: 'permission',
      message: `the security group '${SETUP_NAME}' (${groupId}), which Berth has not made, lets nobody in at ${protocol}/${port}: aws ec2 authorize-security-group-ingress --group-id ${groupId} --protocol ${protocol} --port ${port} --cidr ${ingressFrom}`,
    })
  }
  const range = ingressFrom.includes(':')
    ? { Ipv6Ranges: [{ CidrIpv6: ingressFrom }] }
    : { IpRanges: [{ CidrIp: ingressFrom }] }
  try {
    await callAws(
      account,
      context,
      'ec2',
      'AuthorizeSecurityGroupIngress',
      'network-changes',
      (ec2, options) =>
        ec2.authorizeSecurityGroupIngress(
          {
            GroupId: groupId,
            IpPermissions: [{ IpProtocol: protocol, FromPort: port, ToPort: port, ...range }],
          },
          options,
        ),
    )
  } catch (error) {
    // Another process was faster.
    if (AwsError.isInstance(error) && error.code === 'InvalidPermission.Duplicate') return
    throw error
  }
}

/** Whether a rule of a group lets in somebody at a port who is not in the group. */
export function letsIn(
  { IpPermissions = [] }: SecurityGroup,
  { port, protocol }: Pick<PlannedPort, 'port' | 'protocol'>,
): boolean {
  return IpPermissions.some((rule) => {
    if (!hasSource(rule)) return false
    const { IpProtocol, FromPort = 0, ToPort = 65_535 } = rule
    return IpProtocol === '-1' || (IpProtocol === protocol && FromPort <= port && port <= ToPort)
  })
}

function hasSource({ IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] }: IpPermission): boolean {
  return IpRanges.length + Ipv6Ranges.length + PrefixListIds.length > 0
}
