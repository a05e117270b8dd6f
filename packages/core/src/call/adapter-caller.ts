import type { Adapter, AdapterVerb, CallContext } from '../contract/adapter.ts'
import type { DateSample } from '../contract/evidence.ts'
import { BerthError } from '../errors/berth-error.ts'
import { redact } from '../secrets/redact.ts'
import { type RetryPolicy, withRetry } from './retry.ts'
import { TokenBucket } from './token-bucket.ts'

/** How each verb reaches the adapter: by its rate limit, repeated where that helps, its errors completed. */
export class AdapterCaller {
  readonly provider: string
  readonly #buckets = new Map<AdapterVerb, TokenBucket>()
  readonly #onDate: (sample: DateSample) => void

  constructor(provider: string, adapter: Adapter, onDate: (sample: DateSample) => void) {
    this.provider = provider
    this.#onDate = onDate
    for (const [verb, limit] of Object.entries(adapter.pacing?.limits ?? {})) {
      this.#buckets.set(verb as AdapterVerb, new TokenBucket(limit))
    }
  }

  /** The context of one call. */
  context(signal: AbortSignal): CallContext {
    return { signal, date: this.#onDate }
  }

  /** Calls a verb. Throws BerthError, or the signal's reason. */
  async call<T>(
    verb: AdapterVerb,
    work: (context: CallContext) => Promise<T>,
    signal: AbortSignal,
    policy?: RetryPolicy,
  ): Promise<T> {
    return await withRetry(
      async () => {
        signal.throwIfAborted()
        await this.#buckets.get(verb)?.take(signal)
        try {
          return await work(this.context(signal))
        } catch (error) {
          throw this.complete(verb, error, signal)
        }
      },
      signal,
      policy,
    )
  }

  /** What to throw for what a verb threw: the signal's reason once it is aborted, a BerthError with provider and verb, all else as `internal`. */
  complete(verb: AdapterVerb, error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason
    if (BerthError.isInstance(error)) return error.with({ provider: this.provider, operation: verb })
    const text = error instanceof Error ? error.message : String(error)
    return new BerthError({
      code: 'internal',
      message: `${this.provider}: ${verb} failed in a way the adapter does not know: ${redact(text)}`,
      provider: this.provider,
      operation: verb,
      cause: error,
    })
  }
}
