/**
 * Pauses in ms that grow from the first to the longest, each up to 40 % off: whole seconds would always meet a service's own.
 *
 * @param growth by what one is longer than the one before. Default 1.5
 */
export function* growingPauses(firstInMs: number, longestInMs: number, growth = 1.5): Generator<number> {
  for (let pauseInMs = firstInMs; ; pauseInMs = Math.min(longestInMs, pauseInMs * growth)) {
    yield pauseInMs * (0.6 + 0.8 * Math.random())
  }
}
