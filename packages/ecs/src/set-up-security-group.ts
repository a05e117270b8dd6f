import type { CallContext, SetupItem } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { findNetwork, findSecurityGroup } from './find-network.ts'
import { SETUP_TAG } from './open-ports.ts'

/** Makes the security group of runs that have ports. It lets nobody in until a run asks for a port. */
export async function setUpSecurityGroup(account: EcsAccount, context: CallContext): Promise<SetupItem> {
  const name = `security group ${SETUP_NAME}`
  const { securityGroups } = account.place
  if (securityGroups !== undefined)
    return { name, outcome: 'kept', detail: `not needed: ${securityGroups.join(', ')} is named` }
  const network = await findNetwork(account, context)
  const found = await findSecurityGroup(account, network, SETUP_NAME, context)
  if (found !== undefined) return { name, outcome: 'there', detail: `${found.GroupId} in ${network.vpcId}` }
  const { output } = await callAws(
    account,
    context,
    'ec2',
    'CreateSecurityGroup',
    'network-changes',
    (ec2, options) =>
      ec2.createSecurityGroup(
        {
          GroupName: SETUP_NAME,
          Description: 'Berth: lets in whoever comes to the ports of runs',
          VpcId: network.vpcId,
          TagSpecifications: [
            { ResourceType: 'security-group', Tags: [{ Key: SETUP_TAG, Value: SETUP_NAME }] },
          ],
        },
        options,
      ),
  )
  return {
    name,
    outcome: 'made',
    detail: `${output.GroupId} in ${network.vpcId}; runs open their ports in it`,
  }
}
