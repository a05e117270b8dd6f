import type { CallContext, SetupItem } from '@berth/core'
import { type EcsAccount, forgetFound } from './ecs-account.ts'
import { IN_USE } from './in-use.ts'
import { EXECUTION_ROLE, TASK_ROLE } from './setup-roles.ts'
import { tearDownCluster } from './tear-down-cluster.ts'
import { tearDownLogGroup } from './tear-down-log-group.ts'
import { tearDownRole } from './tear-down-role.ts'
import { tearDownSecurityGroup } from './tear-down-security-group.ts'

export interface TeardownOptions {
  readonly dryRun: boolean
}

/** Removes what a set-up has made, known by its tag: first what runs could still use, so that it is kept where they do. */
export async function tearDownEcs(
  account: EcsAccount,
  options: TeardownOptions,
  context: CallContext,
): Promise<readonly SetupItem[]> {
  const { executionRole, taskRole = TASK_ROLE.name } = account.place
  const cluster = await tearDownCluster(account, options, context)
  const inUse = cluster.some(({ detail }) => detail.startsWith(IN_USE))
  const others = inUse
    ? []
    : [
        ...(await tearDownSecurityGroup(account, options, context)),
        ...(await tearDownLogGroup(account, options, context)),
        ...(await tearDownRole(account, { ...EXECUTION_ROLE, name: executionRole }, options, context)),
        ...(await tearDownRole(account, { ...TASK_ROLE, name: taskRole }, options, context)),
      ]
  forgetFound(account)
  account.setups.clear()
  return [...cluster, ...others]
}
