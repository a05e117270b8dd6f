import { type Duration, durationInMs } from '../contract/duration.ts'
import { BerthError } from '../errors/berth-error.ts'

/** Runs work under the caller's signal and a time limit; past the limit it throws the `timeout` that `describe` words. */
export async function withDeadline<T>(
  options: { readonly signal?: AbortSignal | undefined; readonly timeout?: Duration | undefined },
  describe: () => string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  options.signal?.throwIfAborted()
  const limit = new AbortController()
  const timer =
    options.timeout === undefined
      ? undefined
      : setTimeout(
          () => limit.abort(new BerthError({ code: 'timeout', message: describe() })),
          durationInMs(options.timeout, 'timeout'),
        )
  try {
    return await work(options.signal ? AbortSignal.any([options.signal, limit.signal]) : limit.signal)
  } finally {
    clearTimeout(timer)
  }
}
