/**
 * Merges streams, giving each item as it comes. Ends when all have ended; the first to fail ends it, as does leaving the loop.
 *
 * @param open makes the streams; the signal that they get is aborted as soon as the merge ends
 */
export async function* mergeAsTheyCome<T>(
  signal: AbortSignal,
  open: (ended: AbortSignal) => readonly AsyncGenerator<T>[],
): AsyncGenerator<T> {
  const left = new AbortController()
  const streams = open(AbortSignal.any([signal, left.signal]))
  const pending = new Map(streams.map((stream) => [stream, nextOf(stream)]))
  try {
    while (pending.size > 0) {
      const { stream, result } = await Promise.race(pending.values())
      if (result.done) pending.delete(stream)
      else {
        pending.set(stream, nextOf(stream))
        yield result.value
      }
    }
  } finally {
    left.abort()
    await Promise.allSettled(pending.values())
  }
}

async function nextOf<T>(stream: AsyncGenerator<T>) {
  return { stream, result: await stream.next() }
}
