import { setTimeout as pause } from 'node:timers/promises'

/** Tries an assertion again and again until it holds; after so long its own last error is thrown. */
export async function eventually<T>(
  assertion: () => Promise<T> | T,
  {
    timeoutInMs = 20_000,
    pauseInMs = 50,
  }: { readonly timeoutInMs?: number; readonly pauseInMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutInMs
  for (;;) {
    try {
      return await assertion()
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
    await pause(pauseInMs)
  }
}
