import type { Adapter, AdapterVerb, CallContext } from '../contract/adapter.ts'
import type { DateSample } from '../contract/evidence.ts'
import { BerthError } from '../errors/berth-error.ts'
import { redact } from '../secrets/redact.ts'
import { type RetryPolicy, withRetry } from './retry.ts'
import { TokenBucket } from './token-bucket.ts'
import { WindowCounter } from './window-counter.ts'

/** How each verb reaches the adapter: within the cloud's rate limits, repeated where that helps, its errors completed. */
export class AdapterCaller {
  readonly provider: string
  /** What the last answer of an emulator called itself. */
  emulated: string | undefined
  readonly #limits: ReadonlyMap<string, readonly (TokenBucket | WindowCounter)[]>
  readonly #onDate: (sample: DateSample) => void

  constructor(provider: string, adapter: Adapter, onDate: (sample: DateSample) => void) {
    this.provider = provider
    this.#onDate = onDate
    this.#limits = new Map(
      Object.entries(adapter.pacing?.limits ?? {}).map(([name, limits]) => [
        name,
        [limits].flat().map((limit) => ('most' in limit ? new WindowCounter(limit) : new TokenBucket(limit))),
      ]),
    )
  }

  /** The context of one call. */
  context(signal: AbortSignal): CallContext {
    return {
      signal,
      date: this.#onDate,
      emulated: (words) => {
        this.emulated = words
      },
      pace: (limit) => this.#pace(limit, signal),
    }
  }

  /** Calls a verb. Throws BerthError, or the signal's reason. */
  call<T>(
    verb: AdapterVerb,
    work: (context: CallContext) => Promise<T>,
    signal: AbortSignal,
    policy?: RetryPolicy,
  ): Promise<T> {
    return withRetry(
      async () => {
        signal.throwIfAborted()
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

  async #pace(name: string, signal: AbortSignal): Promise<void> {
    const limits = this.#limits.get(name)
    if (limits === undefined) throw new RangeError(`${this.provider}: pacing.limits has no '${name}'`)
    for (const limit of limits) await limit.take(signal)
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
