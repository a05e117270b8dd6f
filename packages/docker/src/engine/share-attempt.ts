/**
 * Does something once for all callers: concurrent ones share the attempt, a success stays, a failure is forgotten so
 * that the next caller tries again. A caller's abort ends only its own wait.
 */
export function shareAttempt<Result>(
  attempt: () => Promise<Result>,
): (signal?: AbortSignal) => Promise<Result> {
  let shared: Promise<Result> | undefined
  return (signal) => {
    if (!shared) {
      const current = attempt()
      shared = current
      current.catch(() => {
        if (shared === current) shared = undefined
      })
    }
    return signal ? untilAborted(shared, signal) : shared
  }
}

/** A promise's result, unless the signal is aborted first; what the promise stands for goes on. */
export function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) {
      abort()
      return
    }
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
