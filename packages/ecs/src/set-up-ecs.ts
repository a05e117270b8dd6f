import type { CallContext, SetupItem } from '@berth/core'
import { type EcsAccount, forgetFound } from './ecs-account.ts'
import { setUpCluster, tagTaskRole } from './set-up-cluster.ts'
import { setUpLogGroup } from './set-up-log-group.ts'
import { setUpRole } from './set-up-role.ts'
import { setUpSecurityGroup } from './set-up-security-group.ts'
import { EXECUTION_ROLE, TASK_ROLE } from './setup-roles.ts'

/** Makes what runs need and what is missing, each tagged; what is there is used as it is. */
export async function setUpEcs(account: EcsAccount, context: CallContext): Promise<readonly SetupItem[]> {
  const { executionRole, taskRole = TASK_ROLE.name } = account.place
  const cluster = await setUpCluster(account, context)
  const [execution, task, others] = await Promise.all([
    setUpRole(account, { ...EXECUTION_ROLE, name: executionRole }, context),
    setUpRole(account, { ...TASK_ROLE, name: taskRole }, context),
    Promise.all([setUpLogGroup(account, context), setUpSecurityGroup(account, context)]),
  ])
  if (account.place.taskRole === undefined) await tagTaskRole(account, taskRole, context)
  forgetFound(account)
  return [cluster, execution, task, ...others]
}
