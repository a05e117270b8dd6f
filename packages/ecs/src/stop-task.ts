import type { Task } from '@aws-sdk/client-ecs'
import { type CallContext, delay, growingPauses } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { readTaskTags, stopReason } from './ecs-tags.ts'
import { describeTask, patiently } from './list-tasks.ts'
import { hasEndedWhole } from './map-ecs-state.ts'
import { isJustOrdered } from './task-view.ts'

/** Stops a task and waits until its containers have ended. How long they are given before they are killed stands in its definition. */
export async function stopTask(account: EcsAccount, ref: string, context: CallContext): Promise<void> {
  let isOrdered = false
  for (const pauseInMs of growingPauses(200, 2_000)) {
    const now = await describeTask(account, ref, context)
    if (now === null) {
      if (!isJustOrdered(account.views.get(ref))) return
    } else if (hasEndedWhole(now.task)) {
      return
    } else if (!isOrdered && now.task.desiredStatus !== 'STOPPED') {
      const tags = readTaskTags(now.task)
      await orderStop(account, now.task, tags === undefined ? 'Stopped by Berth' : stopReason(tags), context)
      isOrdered = true
    }
    await delay(pauseInMs, context.signal)
  }
}

/** Has a task stopped. One that is not there is none that must. */
export async function orderStop(
  account: EcsAccount,
  { taskArn }: Pick<Task, 'taskArn'>,
  reason: string,
  context: CallContext,
): Promise<void> {
  try {
    await patiently(
      () =>
        callEcs(account, context, 'StopTask', 'changes', (ecs, options) =>
          ecs.stopTask({ cluster: account.place.cluster, task: taskArn, reason }, options),
        ),
      context,
    )
  } catch (error) {
    if (AwsError.isInstance(error) && /task was not found|not found/i.test(error.message)) return
    throw error
  }
}
