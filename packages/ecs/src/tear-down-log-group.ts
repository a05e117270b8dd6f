import type { CallContext, SetupItem } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_TAG } from './open-ports.ts'
import { findLogGroup } from './set-up-log-group.ts'
import type { TeardownOptions } from './tear-down-ecs.ts'

/** Removes the log group, with all that is in it. */
export async function tearDownLogGroup(
  account: EcsAccount,
  { dryRun }: TeardownOptions,
  context: CallContext,
): Promise<SetupItem[]> {
  const group = await findLogGroup(account, context)
  if (group === undefined) return []
  const { logGroup } = account.place
  const name = `log group ${logGroup}`
  const resourceArn = group.logGroupArn ?? (group.arn ?? '').replace(/:\*$/, '')
  const { output } = await callAws(
    account,
    context,
    'logs',
    'ListTagsForResource',
    'log-reads',
    (logs, options) => logs.listTagsForResource({ resourceArn }, options),
  )
  if (output.tags?.[SETUP_TAG] === undefined)
    return [{ name, outcome: 'kept', detail: 'not made by a set-up' }]
  if (!dryRun)
    await callAws(account, context, 'logs', 'DeleteLogGroup', 'log-writes', (logs, options) =>
      logs.deleteLogGroup({ logGroupName: logGroup }, options),
    )
  return [{ name, outcome: 'removed', detail: 'with all output in it' }]
}
