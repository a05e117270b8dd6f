import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2'
import { BerthError, type CallContext, type GroupPlan, type PlannedPort } from '@berth/core'
import { nativeOf } from './convert-plan-to-ecs.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { letsIn, openPorts } from './open-ports.ts'
import { shared } from './shared.ts'

/** Where tasks are put whose plan and provider name no subnets. */
export interface Network {
  readonly vpcId: string
  /** Those from which the world can be reached, and that it can reach. */
  readonly subnetIds: readonly string[]
}

/** What RunTask is told of the network. */
export interface TaskNetwork {
  readonly subnets: readonly string[]
  /** Undefined: the network's own default group, which lets nobody in from outside. */
  readonly securityGroups: readonly string[] | undefined
}

const MOST_SUBNETS = 16
/** The group that every network has. */
const USUAL_GROUP = 'default'

/** The subnets and security groups of a run: those named, else the default network's public ones and the group that a set-up makes there. */
export async function findTaskNetwork(
  account: EcsAccount,
  plan: Pick<GroupPlan, 'native' | 'containers'>,
  context: CallContext,
): Promise<TaskNetwork> {
  const native = nativeOf(plan)
  const subnets = native.subnets ?? account.place.subnets
  const securityGroups = native.securityGroups ?? account.place.securityGroups
  if (subnets !== undefined && securityGroups !== undefined) return { subnets, securityGroups }
  const network = await findNetwork(account, context)
  const ports = plan.containers.flatMap((container) => container.ports)
  return {
    subnets: subnets ?? network.subnetIds,
    securityGroups:
      securityGroups ??
      (ports.length === 0 ? undefined : [await groupWithPorts(account, network, ports, context)]),
  }
}

/** The region's default network; once found it is not looked for again. Throws `not-found` where there is none that is public. */
export async function findNetwork(account: EcsAccount, context: CallContext): Promise<Network> {
  return await shared(account.networks, 'network', context, () => lookUpNetwork(account, context))
}

/** A security group of a network by its name; undefined where there is none. */
export async function findSecurityGroup(
  account: EcsAccount,
  { vpcId }: Network,
  name: string,
  context: CallContext,
): Promise<SecurityGroup | undefined> {
  const { output } = await callAws(
    account,
    context,
    'ec2',
    'DescribeSecurityGroups',
    'network',
    (ec2, options) =>
      ec2.describeSecurityGroups(
        {
          Filters: [
            { Name: 'vpc-id', Values: [vpcId] },
            { Name: 'group-name', Values: [name] },
          ],
        },
        options,
      ),
  )
  return output.SecurityGroups?.[0]
}

async function lookUpNetwork(account: EcsAccount, context: CallContext): Promise<Network> {
  const { output: found } = await callAws(
    account,
    context,
    'ec2',
    'DescribeVpcs',
    'network',
    (ec2, options) => ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] }, options),
  )
  const vpcId = found.Vpcs?.[0]?.VpcId
  if (vpcId === undefined) throw await noNetwork(account, 'there is no default network')
  const inNetwork = [{ Name: 'vpc-id', Values: [vpcId] }]
  const { output } = await callAws(account, context, 'ec2', 'DescribeSubnets', 'network', (ec2, options) =>
    ec2.describeSubnets({ Filters: inNetwork }, options),
  )
  const subnets = (output.Subnets ?? []).filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch === true)
  if (subnets.length === 0)
    throw await noNetwork(account, `the default network ${vpcId} has no public subnet`)
  return { vpcId, subnetIds: idsOf(subnets).slice(0, MOST_SUBNETS) }
}

function idsOf(subnets: readonly Subnet[]): string[] {
  return subnets.flatMap(({ SubnetId }) => SubnetId ?? [])
}

/** The group that a set-up has made; where it has not, the network's own, if it lets people in at the ports. */
async function groupWithPorts(
  account: EcsAccount,
  network: Network,
  ports: readonly PlannedPort[],
  context: CallContext,
): Promise<string> {
  const group = await shared(account.securityGroups, network.vpcId, context, async () => {
    const own = await findSecurityGroup(account, network, SETUP_NAME, context)
    return own ?? (await findSecurityGroup(account, network, USUAL_GROUP, context))
  })
  if (group?.GroupName === USUAL_GROUP && ports.every((port) => letsIn(group, port)))
    return group.GroupId ?? ''
  if (group === undefined || group.GroupName === USUAL_GROUP) {
    account.securityGroups.delete(network.vpcId)
    throw new BerthError({
      code: 'not-found',
      message: `the default network ${network.vpcId} has no security group '${SETUP_NAME}', and its own lets nobody in at ${ports.map(({ port, protocol }) => `${protocol}/${port}`).join(', ')}: make one with berth doctor ecs --fix or ecs({ setup: true }), or name one: BERTH_ECS_SECURITY_GROUPS, ecs({ securityGroups })`,
    })
  }
  await openPorts(account, group, ports, context)
  return group.GroupId ?? ''
}

async function noNetwork(account: EcsAccount, what: string): Promise<BerthError> {
  return new BerthError({
    code: 'not-found',
    message: `${what} in ${await account.region()}: name subnets with BERTH_ECS_SUBNETS or ecs({ subnets }), or make one: aws ec2 create-default-vpc`,
  })
}
