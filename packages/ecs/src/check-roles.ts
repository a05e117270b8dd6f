import { BerthError, type CallContext, type CheckItem, looked } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { findCluster, foundationOf } from './find-foundation.ts'
import { mapEcsError } from './map-ecs-error.ts'
import { findRole } from './set-up-role.ts'

const FIX = 'berth doctor ecs --fix'

/** Whether the roles are there that tasks are given. An account need not be allowed to see them. */
export async function checkRoles(account: EcsAccount, context: CallContext): Promise<CheckItem[]> {
  const { executionRole } = account.place
  const execution = looked(context, 'execution role', mapEcsError, () =>
    lookAtRole(account, executionRole, 'tasks can neither pull images nor write logs', context),
  )
  const task = looked(context, 'task role', mapEcsError, async () => {
    const cluster = await findCluster(account, context)
    const arn = cluster && foundationOf(account, cluster).taskRoleArn
    if (arn === undefined)
      return { status: 'warning', detail: 'none: no command can be run in tasks (exec)', mend: FIX }
    return await lookAtRole(account, arn, 'no command can be run in tasks (exec)', context)
  })
  return await Promise.all([execution, task])
}

async function lookAtRole(
  account: EcsAccount,
  nameOrArn: string,
  without: string,
  context: CallContext,
): Promise<Omit<CheckItem, 'name'>> {
  const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
  try {
    const role = await findRole(account, name, context)
    if (role !== undefined) return { status: 'ok', detail: role.Arn ?? name }
    return { status: 'failed', detail: `there is no role ${name}: ${without}`, mend: FIX }
  } catch (error) {
    context.signal.throwIfAborted()
    const mapped = mapEcsError(error)
    if (!BerthError.isInstance(mapped) || mapped.code !== 'permission') throw error
    return { status: 'skipped', detail: `${name}: this account may not look at roles (iam:GetRole)` }
  }
}
