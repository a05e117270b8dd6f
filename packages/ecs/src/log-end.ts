import type { Task } from '@aws-sdk/client-ecs'
import { BerthError, type CallContext } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { isRemoved } from './ecs-tags.ts'
import { hasRun } from './has-run.ts'
import { isKept } from './is-kept.ts'
import { describeTask } from './list-tasks.ts'
import { hasEndedWhole } from './map-ecs-state.ts'
import { isJustOrdered } from './task-view.ts'

/** What a container has said last comes to the log so long after its end, at the most; nothing tells when it has. */
const SETTLES_WITHIN_MS = 2_000

/** Whether more can come to a container's log: `settling`, when it has ended but its last words may not be there yet. */
export type LogEnd = 'open' | 'settling' | 'complete'

/** Asks for the end of a container's log. Throws `not-found` where there is no such run or container. */
export async function askLogEnd(
  account: EcsAccount,
  ref: string,
  container: string,
  context: CallContext,
): Promise<LogEnd> {
  const task = await loggedTask(account, ref, context)
  if (task === null) return 'open'
  refuseUnknown(task, ref, container)
  return endOf(account, task, ref, container)
}

/** The task whose logs are asked for; null while the service does not know it yet. Throws `not-found` where it was removed. */
export async function loggedTask(
  account: EcsAccount,
  ref: string,
  context: CallContext,
): Promise<Task | null> {
  const found = await describeTask(account, ref, context)
  if (found === null && isJustOrdered(account.views.get(ref))) return null
  if (found !== null && !(await isGone(account, found.task, ref, context))) return found.task
  throw new BerthError({ code: 'not-found', message: `${ref} is not there, and no log of it` })
}

/** One that never ran has no log, but was not removed for that: it is asked for what it said until it is. */
async function isGone(account: EcsAccount, task: Task, ref: string, context: CallContext): Promise<boolean> {
  if (task.lastStatus !== 'STOPPED') return false
  if (!hasRun(task)) return isRemoved(task) || account.removed.has(ref)
  return !(await isKept(account, task, context))
}

/** The names of a task's containers. */
export function containerNames({ containers = [] }: Task): readonly string[] {
  return containers.flatMap(({ name }) => name ?? [])
}

export function refuseUnknown(task: Task, ref: string, container: string): void {
  const names = containerNames(task)
  if (names.length === 0 || names.includes(container)) return
  throw new BerthError({
    code: 'not-found',
    message: `${ref} has no container ${container} whose log could be read, but ${names.join(', ')}`,
  })
}

export function endOf(account: EcsAccount, task: Task, ref: string, container: string): LogEnd {
  const own = task.containers?.find(({ name }) => name === container)
  if (!hasEndedWhole(task) && own?.lastStatus !== 'STOPPED') return 'open'
  const key = `${ref} ${container}`
  const { executionStoppedAt, stoppedAt } = task
  const endedAt = (executionStoppedAt ?? stoppedAt)?.getTime()
  // By the service's clock a long time ago; else by when this process first saw it.
  if (endedAt !== undefined && Date.now() - endedAt > 10 * SETTLES_WITHIN_MS) return 'complete'
  const seenAt = account.endsSeen.get(key) ?? performance.now()
  account.endsSeen.set(key, seenAt)
  return performance.now() - seenAt < SETTLES_WITHIN_MS ? 'settling' : 'complete'
}
