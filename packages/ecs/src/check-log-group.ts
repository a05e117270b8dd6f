import { type CallContext, type CheckItem, looked } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { mapEcsError } from './map-ecs-error.ts'
import { findLogGroup } from './set-up-log-group.ts'

/** Whether the log group is there; the execution role may be allowed to make it at the first run. */
export async function checkLogGroup(account: EcsAccount, context: CallContext): Promise<CheckItem> {
  return await looked(context, 'log group', mapEcsError, async () => {
    const { logGroup } = account.place
    const found = await findLogGroup(account, context)
    if (found !== undefined) return { status: 'ok', detail: logGroup }
    return {
      status: 'warning',
      detail: `there is no ${logGroup} yet: the first run makes it, if the execution role may (logs:CreateLogGroup)`,
      mend: 'berth doctor ecs --fix',
    }
  })
}
