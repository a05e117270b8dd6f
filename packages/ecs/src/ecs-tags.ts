import type { Tag, Task } from '@aws-sdk/client-ecs'
import { type Exposure, type GroupPlan, type OwnershipTags, readOwnershipTags } from '@berth/core'

/** Tags as the service tells them: a list. */
export function toTags(tags: Readonly<Record<string, string>> | OwnershipTags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }))
}

const EXPOSE = 'berth-expose'

/** The tags of a task: the user's labels, those of ownership, and what the service does not tell of a task: whether it is to have a public address. */
export function taskTags(plan: GroupPlan, tags: OwnershipTags): Tag[] {
  return toTags({ ...plan.labels, ...tags, [EXPOSE]: plan.expose ?? 'public' })
}

/** Who may reach the run. */
export function readExposure({ tags = [] }: Pick<Task, 'tags'>): Exposure {
  return tags.some(({ key, value }) => key === EXPOSE && value === 'private') ? 'private' : 'public'
}

/** The user's own labels; the service and an account's policies may have added some. */
export function readLabels({ tags = [] }: Pick<Task, 'tags'>): Record<string, string> {
  return Object.fromEntries(
    tags.flatMap(({ key = '', value = '' }) =>
      key.startsWith('berth-') || key.startsWith('aws:') ? [] : [[key, value]],
    ),
  )
}

const STOPPED_BY_US = 'Stopped by Berth:'
const REMOVED_BY_US = 'Removed by Berth'

/** The tags that tell whose a task is, from its end on too. Undefined for one that is not ours. */
export function readTaskTags(task: Pick<Task, 'tags' | 'stoppedReason'>): OwnershipTags | undefined {
  const own = Object.fromEntries((task.tags ?? []).map(({ key = '', value = '' }) => [key, value]))
  // A lease that was renewed after the end is the younger word.
  return readOwnershipTags({ ...readStopReason(task.stoppedReason), ...own })
}

/**
 * Stopping a task deletes its tags. So whoever stops one writes them into the reason, which stays as long as the service knows the task; it
 * takes 255 characters.
 */
export function stopReason(tags: OwnershipTags): string {
  const { 'berth-run': run, 'berth-owner': owner, 'berth-expires': expires } = tags
  const { 'berth-token': token, 'berth-spec': spec, 'berth-lifetime': lifetime } = tags
  return [STOPPED_BY_US, run, owner, expires, token, spec, lifetime].map((word) => word || '-').join(' ')
}

/** The reason of a task that is removed: nobody finds it any more. */
export const REMOVE_REASON = REMOVED_BY_US

export function isRemoved({ stoppedReason }: Pick<Task, 'stoppedReason'>): boolean {
  return stoppedReason?.startsWith(REMOVED_BY_US) === true
}

function readStopReason(reason: string | undefined): OwnershipTags | undefined {
  if (!reason?.startsWith(STOPPED_BY_US)) return undefined
  const [run, owner = '', expires = '', token = '', spec = '', lifetime = ''] = reason
    .slice(STOPPED_BY_US.length)
    .trim()
    .split(' ')
  return readOwnershipTags({
    'berth-run': run,
    'berth-owner': owner,
    'berth-expires': expires,
    'berth-token': token,
    'berth-spec': spec,
    'berth-lifetime': lifetime,
  })
}
