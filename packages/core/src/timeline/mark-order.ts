import { MARKS, type Mark } from '../contract/mark.ts'

/**
 * What must have happened before what, on every cloud. `accepted` stands apart (a local Engine accepts after the pull), and so
 * does `addressed` (some clouds give the address long before the image is there). `connected` precedes `ready` only where the
 * probe connects; a log or an exec can tell readiness before anyone does, see `precedes`.
 */
const ORDER: readonly (readonly [Mark, Mark])[] = [
  ['scheduled', 'pull-started'],
  ['pull-started', 'pull-ended'],
  ['pull-ended', 'created'],
  ['created', 'started'],
  ['started', 'connected'],
  ['started', 'ready'],
  ['scheduled', 'addressed'],
  ['addressed', 'connected'],
  ['accepted', 'connected'],
  ['accepted', 'ready'],
  ['started', 'exited'],
  ['exited', 'stopped'],
  ['stopped', 'removed'],
]

const AFTER = closure(ORDER)
const AFTER_WITH_CONNECTION = closure([...ORDER, ['connected', 'ready']])

/**
 * Whether, if both happened, `first` did not happen after `second`. `probeConnects`: readiness was seen over a connection to the
 * container, so that it was connected, and hence addressed, before.
 */
export function precedes(first: Mark, second: Mark, probeConnects: boolean): boolean {
  if (first === 'requested') return true
  return (probeConnects ? AFTER_WITH_CONNECTION : AFTER).get(first)?.has(second) === true
}

/** The order in which marks usually come, to sort those of equal time. */
export function usualPlace(mark: Mark): number {
  return MARKS.indexOf(mark)
}

function closure(order: readonly (readonly [Mark, Mark])[]): ReadonlyMap<Mark, ReadonlySet<Mark>> {
  const after = new Map<Mark, Set<Mark>>()
  // Backwards through the usual order, so that all that follows `second` is known when `first` comes.
  for (const first of MARKS.toReversed()) {
    const following = new Set<Mark>()
    for (const [one, second] of order) {
      if (one !== first) continue
      following.add(second)
      for (const later of after.get(second) ?? []) following.add(later)
    }
    after.set(first, following)
  }
  return after
}
