import type { CallContext, SetupItem } from '@berth/core'
import { BerthError } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { findNetwork, findSecurityGroup, type Network } from './find-network.ts'
import { IN_USE } from './in-use.ts'
import { SETUP_TAG } from './open-ports.ts'
import type { TeardownOptions } from './tear-down-ecs.ts'

/** Removes the security group, with the rules that runs have made in it. */
export async function tearDownSecurityGroup(
  account: EcsAccount,
  { dryRun }: TeardownOptions,
  context: CallContext,
): Promise<SetupItem[]> {
  const network = await networkWhereThere(account, context)
  const group = network && (await findSecurityGroup(account, network, SETUP_NAME, context))
  if (group?.GroupId === undefined) return []
  const { GroupId: groupId, Tags: tags = [] } = group
  const name = `security group ${SETUP_NAME}`
  if (!tags.some(({ Key }) => Key === SETUP_TAG))
    return [{ name, outcome: 'kept', detail: `${groupId}: not made by a set-up` }]
  try {
    if (!dryRun)
      await callAws(account, context, 'ec2', 'DeleteSecurityGroup', 'network-changes', (ec2, options) =>
        ec2.deleteSecurityGroup({ GroupId: groupId }, options),
      )
    return [{ name, outcome: 'removed', detail: groupId }]
  } catch (error) {
    if (!AwsError.isInstance(error) || error.code !== 'DependencyViolation') throw error
    return [{ name, outcome: 'kept', detail: `${IN_USE}: ${error.message}` }]
  }
}

async function networkWhereThere(account: EcsAccount, context: CallContext): Promise<Network | undefined> {
  try {
    return await findNetwork(account, context)
  } catch (error) {
    if (BerthError.isInstance(error) && error.code === 'not-found') return undefined
    throw error
  }
}
