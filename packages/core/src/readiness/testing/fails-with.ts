/** A start that fails when a signal is aborted, with its reason. */
export function failsWith(signal: AbortSignal): (fail: (error: unknown) => void) => () => void {
  return (fail) => {
    const listener = () => fail(signal.reason)
    if (signal.aborted) listener()
    signal.addEventListener('abort', listener)
    return () => signal.removeEventListener('abort', listener)
  }
}
