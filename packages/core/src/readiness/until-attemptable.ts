import { hasEnded, type ReadinessTarget } from './readiness-target.ts'

/** Waits until the start was acknowledged, the run has ended, or the signal is aborted; never throws. */
export function untilAttemptable(target: ReadinessTarget, signal: AbortSignal): Promise<void> {
  const isOver = () => signal.aborted || target.startedAt !== undefined || hasEnded(target)
  return new Promise((resolve) => {
    if (isOver()) return resolve()
    const look = () => {
      if (!isOver()) return
      unsubscribe()
      signal.removeEventListener('abort', look)
      resolve()
    }
    const unsubscribe = target.onChange(look)
    signal.addEventListener('abort', look)
  })
}
