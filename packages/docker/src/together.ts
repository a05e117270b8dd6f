/**
 * Does several things at once. Where one fails the others are told by their signal, and it is thrown only once all of them have ended:
 * so nothing is still being made behind the caller's back.
 */
export async function together<T>(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const [first, ...others] = tasks
  if (first === undefined || others.length === 0) return first ? [await first(signal)] : []
  return await allTogether(signal, tasks)
}

async function allTogether<T>(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  let first: { readonly error: unknown } | undefined
  const results = await Promise.allSettled(
    tasks.map(async (task) => {
      try {
        return await task(either)
      } catch (error) {
        first ??= { error }
        failed.abort(error)
        throw error
      }
    }),
  )
  if (first) throw first.error
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}
