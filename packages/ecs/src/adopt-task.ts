import { BerthError, type CallContext, type Created, type GroupPlan } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { taskId } from './ecs-names.ts'
import { isRemoved, readTaskTags } from './ecs-tags.ts'
import { isKept } from './is-kept.ts'
import { describeListed } from './list-tasks.ts'
import { observeTask } from './observe-task.ts'

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
  const described = await describeListed(account, ids, context)
  const known = described.flatMap(({ tasks, receivedAt }) => tasks.map((task) => ({ task, receivedAt })))
  for (const { task, receivedAt } of known) {
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
