import { type CallContext, type CheckItem, looked } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { findNetwork, findSecurityGroup } from './find-network.ts'
import { mapEcsError } from './map-ecs-error.ts'

/** Whether there are subnets for tasks, and a security group that lets people in at their ports. */
export async function checkNetwork(account: EcsAccount, context: CallContext): Promise<CheckItem> {
  return await looked(context, 'network', mapEcsError, async () => {
    const { subnets, securityGroups } = account.place
    if (subnets !== undefined && securityGroups !== undefined) {
      return { status: 'ok', detail: `subnets ${subnets.join(', ')}, groups ${securityGroups.join(', ')}` }
    }
    const network = await findNetwork(account, context)
    const detail = `${(subnets ?? network.subnetIds).length} subnets of ${network.vpcId}`
    if (securityGroups !== undefined)
      return { status: 'ok', detail: `${detail}, groups ${securityGroups.join(', ')}` }
    const group = await findSecurityGroup(account, network, SETUP_NAME, context)
    if (group !== undefined) return { status: 'ok', detail: `${detail}, group ${group.GroupId}` }
    return {
      status: 'warning',
      detail: `${detail}; no security group '${SETUP_NAME}', so ports are reached only where the network's own group lets in`,
      mend: 'berth doctor ecs --fix',
    }
  })
}
