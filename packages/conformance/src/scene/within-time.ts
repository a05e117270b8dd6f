/** A promise's outcome, or an error with this message after so long. The promise itself goes on. */
export async function withinTime<T>(promise: Promise<T>, timeoutInMs: number, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), timeoutInMs)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}
