import type { Task } from '@aws-sdk/client-ecs'
import type { CallContext } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { logStreamName, MAIN, taskId } from './ecs-names.ts'
import { isRemoved } from './ecs-tags.ts'
import { hasRun } from './has-run.ts'
import { patiently } from './list-tasks.ts'

/**
 * Whether a run is still there for its user. The service keeps the record of a task that has ended for an hour or so, and nobody can delete it:
 * a run is removed when its task was stopped for that, or, where it had ended by itself before, when its log is gone.
 */
export async function isKept(account: EcsAccount, task: Task, context: CallContext): Promise<boolean> {
  if (isRemoved(task)) return false
  if (task.lastStatus !== 'STOPPED') return true
  const ref = taskId(task.taskArn ?? '')
  // One that never ran has no log.
  if (!hasRun(task) || account.removed.has(ref)) return false
  if (await hasLog(account, ref, context)) return true
  account.removed.add(ref)
  return false
}

async function hasLog(account: EcsAccount, ref: string, context: CallContext): Promise<boolean> {
  const name = logStreamName(MAIN, ref)
  try {
    const { output } = await patiently(
      () =>
        callAws(account, context, 'logs', 'DescribeLogStreams', 'log-reads', (logs, options) =>
          logs.describeLogStreams(
            { logGroupName: account.place.logGroup, logStreamNamePrefix: name, limit: 1 },
            options,
          ),
        ),
      context,
    )
    return output.logStreams?.some(({ logStreamName: found }) => found === name) === true
  } catch (error) {
    if (AwsError.isInstance(error) && error.code === 'ResourceNotFoundException') return false
    throw error
  }
}
