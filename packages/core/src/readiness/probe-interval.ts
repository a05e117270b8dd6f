/** The shortest interval: below it the attempts cost more than the time they could save. */
export const SHORTEST_INTERVAL_IN_MS = 2
const LONGEST_INTERVAL_IN_MS = { lively: 20, waiting: 250 } as const
/** A start that has shown nothing new for longer is no longer expected at any moment. */
const LIVELY_FOR_IN_MS = 60_000
/** An attempt that has been silent for less is never given up. */
const LEAST_PATIENCE_IN_MS = 250

/**
 * The time from one attempt to the next: 1 % of the time since the last change of state or address, so that the lag stays in
 * proportion to what is being measured; at least 2 ms; at most 20 ms once the container runs and for the first minute after a change, 250 ms
 * otherwise. A cloud that is polled tells seconds late that the container runs: by then it may have answered already.
 */
export function probeIntervalInMs(sinceChangeInMs: number, running: boolean): number {
  const lively = running || sinceChangeInMs < LIVELY_FOR_IN_MS
  const longest = lively ? LONGEST_INTERVAL_IN_MS.lively : LONGEST_INTERVAL_IN_MS.waiting
  return Math.min(longest, Math.max(SHORTEST_INTERVAL_IN_MS, sinceChangeInMs / 100))
}

/**
 * How long an attempt must have been silent before it may be given up for a new one. Giving up sooner than the answers take
 * would give up every one of them. Without any answer yet the round trip is undefined.
 */
export function patienceInMs(roundTripInMs: number | undefined): number {
  return Math.max(LEAST_PATIENCE_IN_MS, 4 * (roundTripInMs ?? 0))
}
