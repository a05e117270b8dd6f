import type { Observation } from '@berth/core'
import type { TaskView } from './task-view.ts'

const SHORTEST_STEADY_MS = 1_000
const LONGEST_STEADY_MS = 10_000
/** A job that has run so long may as well run that part of it longer before its end is noticed. */
const PART_OF_AGE = 0.15

/** In about how long the next look at a run makes sense; undefined while it starts: then core's usual pace does. */
export function nextLookInMs(
  view: TaskView,
  { containers, failure }: Observation,
  now: number,
): number | undefined {
  const state = containers.main?.state
  if (failure === undefined && state !== 'running' && state !== 'terminated') return undefined
  return Math.min(LONGEST_STEADY_MS, Math.max(SHORTEST_STEADY_MS, (now - view.firstSeenAt) * PART_OF_AGE))
}
