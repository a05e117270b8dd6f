/** Whether a promise is fulfilled within that time. It must not reject. */
export function settledWithin(promise: Promise<unknown>, timeInMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Math.min(timeInMs, 2 ** 31 - 1))
    void promise.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
