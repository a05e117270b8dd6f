import { setTimeout as sleep } from 'node:timers/promises'

/** Waits; an abort throws the signal's reason. */
export async function pause(inMs: number, signal: AbortSignal): Promise<void> {
  await sleep(inMs, undefined, { signal }).catch(() => signal.throwIfAborted())
}

/** Pauses that grow from the first to the longest, each up to 40 % off: whole seconds would always meet the service's own. */
export function* growingPauses(firstInMs: number, longestInMs: number, growth = 1.5): Generator<number> {
  for (let pauseInMs = firstInMs; ; pauseInMs = Math.min(longestInMs, pauseInMs * growth)) {
    yield pauseInMs * (0.6 + 0.8 * Math.random())
  }
}
