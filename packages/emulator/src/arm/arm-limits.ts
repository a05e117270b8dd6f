import { type BucketSize, TokenBucket } from '../limits/token-bucket.ts'
import { ArmError } from './arm-error.ts'

/** How many calls ARM admits for each subscription. */
export interface ArmLimits {
  /** Default 250 at once, 25 a second. */
  readonly reads: BucketSize
  /** Default 200 at once, 10 a second. */
  readonly writes: BucketSize
  /** Default 200 at once, 10 a second. */
  readonly deletes: BucketSize
}

const DEFAULTS: ArmLimits = {
  reads: { capacity: 250, refillPerSecond: 25 },
  writes: { capacity: 200, refillPerSecond: 10 },
  deletes: { capacity: 200, refillPerSecond: 10 },
}

const BUCKETS: Readonly<Record<string, keyof ArmLimits>> = {
  GET: 'reads',
  HEAD: 'reads',
  DELETE: 'deletes',
}

/** ARM's own throttling: a bucket for reads, writes and deletes of each subscription. */
export class ArmThrottle {
  readonly #limits: ArmLimits
  readonly #timeScale: number
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(limits: Partial<ArmLimits> = {}, timeScale = 1) {
    this.#limits = { ...DEFAULTS, ...limits }
    this.#timeScale = timeScale
  }

  /** Admits a request, and tells the header that says how many are left. Throws a 429. */
  admit(method: string, subscriptionId: string): Readonly<Record<string, string>> {
    const kind = BUCKETS[method] ?? 'writes'
    const key = `${kind} ${subscriptionId}`
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#limits[kind], this.#timeScale)
    this.#buckets.set(key, bucket)
    const { admitted, remaining, waitInMs } = bucket.take()
    const header = { [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(remaining) }
    if (!admitted) throw throttled(subscriptionId, waitInMs, header)
    return header
  }
}

function throttled(subscriptionId: string, waitInMs: number, header: Record<string, string>): ArmError {
  const seconds = Math.max(1, Math.ceil(waitInMs / 1_000))
  return new ArmError(
    429,
    'SubscriptionRequestsThrottled',
    `Number of requests for subscription '${subscriptionId}' exceeded the limit for time interval. Please try again after '${seconds}' seconds.`,
    { 'Retry-After': String(seconds), ...header },
  )
}
