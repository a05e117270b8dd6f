/** Waits so long, or until the signal is aborted; never throws. */
export function pause(delayInMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, delayInMs)
    signal.addEventListener('abort', end)
  })
}
