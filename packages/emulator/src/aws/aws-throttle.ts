import { type BucketSize, TokenBucket } from '../limits/token-bucket.ts'

/** A service's token buckets, a set for each region. */
export class AwsThrottle {
  readonly #sizeOf: (bucket: string) => BucketSize
  readonly #timeScale: number
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(sizeOf: (bucket: string) => BucketSize, timeScale: number) {
    this.#sizeOf = sizeOf
    this.#timeScale = timeScale
  }

  /** Takes one from a bucket; false where it is empty. */
  admits(bucket: string, region: string): boolean {
    const key = `${region} ${bucket}`
    const found = this.#buckets.get(key) ?? new TokenBucket(this.#sizeOf(bucket), this.#timeScale)
    this.#buckets.set(key, found)
    return found.take().admitted
  }
}
