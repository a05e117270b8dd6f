import type { Cost, RateTable } from '../contract/cost.ts'
import type { Mark } from '../contract/mark.ts'
import type { Timeline, TimelineMark } from '../contract/timeline.ts'

/**
 * What a run has cost by its rates: the billed time lies between two marks, each known within bounds, and lasts until now while the
 * run is billed.
 *
 * @param nowInMicros microseconds since `requested`
 */
export function costOf(rates: RateTable, timeline: Timeline, nowInMicros: number): Cost {
  const perHour = rates.items.reduce((sum, item) => sum + item.quantity * item.pricePerHour, 0)
  const from = startOfBilling(rates, timeline)
  const until = endOfBilling(rates, timeline)
  const seconds = (start: number, end: number) => Math.max(0, end - start) / 1_000_000
  const end = until ?? { at: nowInMicros, earliest: nowInMicros, latest: nowInMicros }
  const started = from !== undefined
  const billed = (start: number, stop: number) =>
    started ? Math.max(rates.minimumSeconds ?? 0, seconds(start, stop)) : 0
  const billedSeconds = billed(from?.at ?? 0, end.at)
  const price = (billedTime: number) => (billedTime / 3_600) * perHour
  return {
    currency: rates.currency,
    amount: price(billedSeconds),
    atLeast: price(billed(from?.latest ?? 0, end.earliest)),
    atMost: price(billed(from?.earliest ?? 0, end.latest)),
    perHour,
    billedSeconds,
    running: started && until === undefined,
    rates,
  }
}

interface Bounds {
  readonly at: number
  readonly earliest: number
  readonly latest: number
}

/** The mark itself, or, where the cloud does not tell it, bounds from the first later one that shows that it must have passed. */
function startOfBilling(rates: RateTable, timeline: Timeline): Bounds | undefined {
  const own = timeline.mark(rates.billedFrom)
  if (own !== undefined) return own
  const order = ['accepted', 'pull-started', 'started', 'connected', 'ready', 'exited'] as const
  const later = firstKnown(order.slice(order.indexOf(rates.billedFrom) + 1), timeline)
  return later && { at: later.at, earliest: 0, latest: later.latest }
}

function endOfBilling(rates: RateTable, timeline: Timeline): Bounds | undefined {
  const order = ['exited', 'stopped', 'removed'] as const
  return firstKnown(order.slice(order.indexOf(rates.billedUntil)), timeline)
}

function firstKnown(names: readonly Mark[], timeline: Timeline): TimelineMark | undefined {
  return names.map((name) => timeline.mark(name)).find((mark) => mark !== undefined)
}
