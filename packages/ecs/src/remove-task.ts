import type { Task } from '@aws-sdk/client-ecs'
import { type CallContext, delay, growingPauses } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { isTaskId, logStreamName } from './ecs-names.ts'
import { isRemoved, REMOVE_REASON } from './ecs-tags.ts'
import { describeTask, patiently } from './list-tasks.ts'
import { orderStop } from './stop-task.ts'
import { isJustOrdered } from './task-view.ts'

/** Ends a task, waits until it has stopped and its network is taken down, and deletes its log. */
export async function removeTask(account: EcsAccount, ref: string, context: CallContext): Promise<void> {
  if (!isTaskId(ref)) return
  let isOrdered = false
  for (const pauseInMs of growingPauses(200, 2_000)) {
    const now = await describeTask(account, ref, context)
    if (now === null) {
      if (!isJustOrdered(account.views.get(ref))) break
    } else if (now.task.lastStatus === 'STOPPED') {
      await deleteLogs(account, now.task, ref, context)
      break
    } else if (!isOrdered && !isRemoved(now.task)) {
      await orderStop(account, now.task, REMOVE_REASON, context)
      isOrdered = true
    }
    await delay(pauseInMs, context.signal)
  }
  account.removed.add(ref)
  account.views.delete(ref)
  for (const key of account.endsSeen.keys()) if (key.startsWith(`${ref} `)) account.endsSeen.delete(key)
}

async function deleteLogs(
  account: EcsAccount,
  { containers = [] }: Task,
  ref: string,
  context: CallContext,
): Promise<void> {
  const names = containers.flatMap(({ name }) => name ?? [])
  await Promise.all(names.map((name) => deleteLog(account, logStreamName(name, ref), context)))
}

async function deleteLog(account: EcsAccount, stream: string, context: CallContext): Promise<void> {
  try {
    await patiently(
      () =>
        callAws(account, context, 'logs', 'DeleteLogStream', 'log-writes', (logs, options) =>
          logs.deleteLogStream({ logGroupName: account.place.logGroup, logStreamName: stream }, options),
        ),
      context,
    )
  } catch (error) {
    if (AwsError.isInstance(error) && error.code === 'ResourceNotFoundException') return
    throw error
  }
}
