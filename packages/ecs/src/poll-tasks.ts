import type { Task } from '@aws-sdk/client-ecs'
import type { CallContext, Observation } from '@berth/core'
import { describeTogether } from './describe-together.ts'
import type { EcsAccount } from './ecs-account.ts'
import { isTaskId, taskId } from './ecs-names.ts'
import { isRemoved } from './ecs-tags.ts'
import { hasRun } from './has-run.ts'
import { isKept } from './is-kept.ts'
import { lookUpAddresses } from './look-up-addresses.ts'
import { observeWith } from './observe-task.ts'
import { isJustOrdered } from './task-view.ts'

/** The newest state of up to 100 runs in one call, and in one more the addresses of those that have one and were not asked for it before. */
export async function pollTasks(
  account: EcsAccount,
  refs: readonly string[],
  context: CallContext,
): Promise<readonly Observation[]> {
  const known = refs.filter(isTaskId)
  const gone = refs.filter((ref) => !isTaskId(ref)).map((ref) => nothing(ref, 'gone'))
  if (known.length === 0) return gone
  const { tasks, missing, receivedAt } = await describeTogether(account, known, context)
  const addresses = await lookUpAddresses(account, tasks, context)
  const observed = tasks.map(async (task) => {
    const ref = taskId(task.taskArn ?? '')
    if (await isGone(account, task, context)) {
      account.views.delete(ref)
      return nothing(ref, 'gone')
    }
    return await observeWith(account, task, { receivedAt, source: 'task', addresses }, context)
  })
  return [
    ...gone,
    ...(await Promise.all(observed)),
    ...missing.map((ref) => {
      const phase = isJustOrdered(account.views.get(ref)) ? 'pending' : 'gone'
      if (phase === 'gone') account.views.delete(ref)
      return nothing(ref, phase)
    }),
  ]
}

/** Whether it was removed, by whoever. One whose end this process has not seen until now cannot have been removed after it; nor has one a log that never ran. */
async function isGone(account: EcsAccount, task: Task, context: CallContext): Promise<boolean> {
  if (task.lastStatus !== 'STOPPED') return false
  const view = account.views.get(taskId(task.taskArn ?? ''))
  const isNews = view !== undefined && (!view.hasEnded || !hasRun(task))
  return isNews ? isRemoved(task) : !(await isKept(account, task, context))
}

function nothing(ref: string, phase: 'pending' | 'gone'): Observation {
  return { ref, phase, containers: {}, addresses: [], events: [], evidence: [] }
}
