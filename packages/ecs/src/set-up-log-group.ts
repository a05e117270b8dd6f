import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'
import type { CallContext, SetupItem } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { SETUP_TAG } from './open-ports.ts'

/** A run's log goes with it; this is for those that nobody removes. */
const KEPT_FOR_DAYS = 30

/** Makes the log group. */
export async function setUpLogGroup(account: EcsAccount, context: CallContext): Promise<SetupItem> {
  const { logGroup } = account.place
  const name = `log group ${logGroup}`
  if ((await findLogGroup(account, context)) !== undefined)
    return { name, outcome: 'there', detail: 'output of runs' }
  try {
    await callAws(account, context, 'logs', 'CreateLogGroup', 'log-writes', (logs, options) =>
      logs.createLogGroup({ logGroupName: logGroup, tags: { [SETUP_TAG]: SETUP_NAME } }, options),
    )
  } catch (error) {
    if (!AwsError.isInstance(error) || error.code !== 'ResourceAlreadyExistsException') throw error
  }
  await callAws(account, context, 'logs', 'PutRetentionPolicy', 'log-writes', (logs, options) =>
    logs.putRetentionPolicy({ logGroupName: logGroup, retentionInDays: KEPT_FOR_DAYS }, options),
  )
  return { name, outcome: 'made', detail: `output of runs, kept for ${KEPT_FOR_DAYS} days` }
}

/** Undefined where there is none of that name. */
export async function findLogGroup(account: EcsAccount, context: CallContext): Promise<LogGroup | undefined> {
  const { logGroup } = account.place
  const { output } = await callAws(
    account,
    context,
    'logs',
    'DescribeLogGroups',
    'log-reads',
    (logs, options) => logs.describeLogGroups({ logGroupNamePrefix: logGroup }, options),
  )
  return output.logGroups?.find(({ logGroupName }) => logGroupName === logGroup)
}
