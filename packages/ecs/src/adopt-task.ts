import type { Task } from '@aws-sdk/client-ecs'
import { BerthError, type CallContext, type Created, delay, type GroupPlan, growingPauses } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { taskId } from './ecs-names.ts'
import { isRemoved, readTaskTags } from './ecs-tags.ts'
import { isKept } from './is-kept.ts'
import { describeTasks } from './list-tasks.ts'
import { observeTask } from './observe-task.ts'

/** What was just started can be unknown for so long to those who answer questions. */
const KNOWN_WITHIN_MS = 60_000

/**
 * The run that an earlier call with the plan's token has made, where there still is one; undefined where all of them were removed. Throws
 * `conflict` where it was made from another spec.
 */
export async function adoptTask(
  account: EcsAccount,
  plan: GroupPlan,
  ids: readonly string[],
  context: CallContext,
): Promise<Created | undefined> {
  for (const { task, receivedAt } of await knownTasks(account, ids, context)) {
    const tags = readTaskTags(task)
    if (tags?.['berth-token'] !== plan.tags['berth-token']) continue
    if (isRemoved(task) || !(await isKept(account, task, context))) continue
    if (tags['berth-spec'] !== plan.tags['berth-spec']) {
      throw new BerthError({
        code: 'conflict',
        message: `${plan.name} is there already, made with the same token from another spec; use another token, or remove it first`,
      })
    }
    const ref = taskId(task.taskArn ?? '')
    return {
      ref,
      observation: await observeTask(account, task, { receivedAt, source: 'task' }, context),
      // One of this very owner was made by an earlier try whose answer was lost.
      existed: tags['berth-owner'] !== plan.tags['berth-owner'],
    }
  }
  return undefined
}

/** The tasks themselves; those that the service does not tell of yet are waited for. */
async function knownTasks(
  account: EcsAccount,
  ids: readonly string[],
  context: CallContext,
): Promise<readonly { readonly task: Task; readonly receivedAt: number }[]> {
  const startedAt = performance.now()
  for (const pauseInMs of growingPauses(100, 2_000)) {
    const described = await describeTasks(account, ids, context)
    const isMissing = described.some(({ missing }) => missing.length > 0)
    if (!isMissing || performance.now() - startedAt > KNOWN_WITHIN_MS)
      return described.flatMap(({ tasks, receivedAt }) => tasks.map((task) => ({ task, receivedAt })))
    await delay(pauseInMs, context.signal)
  }
  return []
}
