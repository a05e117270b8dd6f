import type { ContainerGroup } from './arm/container-group.ts'
import type { GroupView } from './group-view.ts'

/** In these the service has done what it was told, or given up: what became of the containers only the group itself says. */
const SETTLED: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Unhealthy', 'Repairing', 'Canceled'])

/** An address is asked at once from here, and says sooner than the service whether all is well: its word is needed only if that does not. */
const ADDRESS_SPEAKS_WITHIN_MS = 3_000
/** A group that is still being made seldom tells news before. */
const FIRST_LOOK_AFTER_MS = 25_000
const AGAIN_AFTER_MS = 1_500
const SHORTEST_STEADY_MS = 1_500
const LONGEST_STEADY_MS = 10_000
/** A job that has run so long may as well run that part of it longer before its end is noticed. */
const PART_OF_AGE = 0.15

/** Whether a run that stands in a list is also to be asked for by itself: it alone tells states and events. */
export function isToBeAsked(view: GroupView | undefined, listed: ContainerGroup, now: number): boolean {
  if (view === undefined) return true
  const state = listed.properties.provisioningState ?? ''
  const age = now - view.firstSeenAt
  const sinceAsked = now - (view.askedAt ?? view.firstSeenAt)
  if (view.hasStarted) return sinceAsked >= steadyPauseInMs(age)
  if (!SETTLED.has(state)) return sinceAsked >= Math.max(FIRST_LOOK_AFTER_MS, age / 2)
  if (state !== 'Succeeded' || !view.wantsAddress)
    return view.askedAt === undefined || sinceAsked >= AGAIN_AFTER_MS
  const settledFor = view.settledAt === undefined ? 0 : now - view.settledAt
  return (
    settledFor >= ADDRESS_SPEAKS_WITHIN_MS && (view.askedAt === undefined || sinceAsked >= AGAIN_AFTER_MS)
  )
}

/** In about how long the next look at a run makes sense; undefined while it starts: then core's usual pace does. */
export function nextLookInMs(view: GroupView, now: number): number | undefined {
  const isStarting = !view.hasStarted || (view.wantsAddress && !view.hasAddress && view.phase !== 'stopped')
  return isStarting ? undefined : steadyPauseInMs(now - view.firstSeenAt)
}

/** Whether the service says that it has finished with the group, well or not. */
export function isSettled(provisioningState: string): boolean {
  return SETTLED.has(provisioningState)
}

function steadyPauseInMs(age: number): number {
  return Math.min(LONGEST_STEADY_MS, Math.max(SHORTEST_STEADY_MS, age * PART_OF_AGE))
}
