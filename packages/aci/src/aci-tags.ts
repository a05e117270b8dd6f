import type { GroupPlan, OwnershipTags } from '@berth/core'

/** Tags as the service tells them. */
export type Tags = Readonly<Record<string, string>>

/** The service does not tell when it made a group. */
const CREATED = 'berth-created'
/** When the newest end came that restart() was called after, in the service's own words. */
const SET_ASIDE = 'berth-restarted-after'

/** The tags of a group: the user's labels, those of ownership, and when it was made. */
export function groupTags(plan: GroupPlan, tags: OwnershipTags, nowInMs: number): Tags {
  return { ...plan.labels, ...tags, [CREATED]: String(Math.floor(nowInMs / 1_000)) }
}

/** The user's own labels; an account's policies may have added some. */
export function readLabels(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.toLowerCase().startsWith('berth-')))
}

export function readCreatedAt(tags: Tags): Date {
  const seconds = Number(tags[CREATED])
  return new Date(Number.isFinite(seconds) ? seconds * 1_000 : 0)
}

/** The end up to which those of failed instances no longer count; undefined where none was set aside. */
export function readSetAside(tags: Tags): string | undefined {
  return tags[SET_ASIDE]
}

/** All tags of a group that is restarted on request after the end of that time. */
export function setAside(tags: Tags, finishTime: string): Tags {
  return { ...tags, [SET_ASIDE]: finishTime }
}
