import type { Evidence, Instant, SightingEvidence, StampEvidence } from '../contract/evidence.ts'
import type { Mark } from '../contract/mark.ts'

/** Sources and stamps kept of one mark: an adapter names a handful, and nothing that counts up may fill the memory. */
const MOST_SOURCES = 16

/** What one source says by one machine's clock: the mark lies within these bounds, in microseconds since that clock's epoch. */
export interface KnownStamp {
  readonly machine: string
  readonly source: string
  /** -Infinity for a coalesced event. */
  readonly earliestInMicros: number
  readonly latestInMicros: number
}

/** The tightest of all evidence of one mark. However many polls see it again, it does not grow. */
export class KnownMark {
  readonly mark: Mark
  #earliest: Instant = Number.NEGATIVE_INFINITY
  #latest: Instant = Number.POSITIVE_INFINITY
  readonly #stamps = new Map<string, KnownStamp>()
  readonly #sources = new Set<string>()

  constructor(mark: Mark) {
    this.mark = mark
  }

  /** The mark did not happen before. -Infinity where no source says so. */
  get earliest(): Instant {
    return this.#earliest
  }

  /** The mark happened by then. */
  get latest(): Instant {
    return this.#latest
  }

  /** Whether anything shows that it happened at all: "not yet" alone does not. */
  get seen(): boolean {
    return this.#latest !== Number.POSITIVE_INFINITY
  }

  get stamps(): Iterable<KnownStamp> {
    return this.#stamps.values()
  }

  get sources(): readonly string[] {
    return [...this.#sources]
  }

  /**
   * Takes a piece of evidence that `checkEvidence` has passed, and that had reached this process by `knownAt`. True where it tells more than
   * was known.
   */
  add(evidence: Evidence, knownAt: Instant): boolean {
    return evidence.kind === 'sighting' ? this.#see(evidence) : this.#stamp(evidence, knownAt)
  }

  #see({ source, earliest, latest }: SightingEvidence): boolean {
    const happened = latest !== undefined && this.#happenedBy(latest)
    const later = earliest !== undefined && this.#notBefore(earliest)
    if (happened || later) this.#name(source)
    return happened || later
  }

  #stamp(
    { source, machine, timeInMicros, resolutionInMicros, side, lateInMicros = 0 }: StampEvidence,
    knownAt: Instant,
  ): boolean {
    const happened = this.#happenedBy(knownAt + lateInMicros / 1_000)
    const key = `${machine}\0${source}`
    const known = this.#stamps.get(key)
    const stamp: KnownStamp = {
      machine,
      source,
      earliestInMicros: Math.max(
        side === 'upper' ? Number.NEGATIVE_INFINITY : Math.floor(timeInMicros),
        known?.earliestInMicros ?? Number.NEGATIVE_INFINITY,
      ),
      latestInMicros: Math.min(
        Math.ceil(timeInMicros + resolutionInMicros),
        known?.latestInMicros ?? Number.POSITIVE_INFINITY,
      ),
    }
    // The same source now tells another time: the thing happened again (a restart). A mark is the first time.
    if (stamp.earliestInMicros > stamp.latestInMicros) return happened
    const same =
      known?.earliestInMicros === stamp.earliestInMicros && known.latestInMicros === stamp.latestInMicros
    if (same || (known === undefined && this.#stamps.size >= MOST_SOURCES)) return happened
    this.#stamps.set(key, stamp)
    this.#name(source)
    return true
  }

  #happenedBy(instant: Instant): boolean {
    if (instant >= this.#latest) return false
    this.#latest = instant
    // "Already" is always sound, "not yet" only as far as the API is immediate: where they disagree, "not yet" was stale.
    if (this.#earliest > instant) this.#earliest = Number.NEGATIVE_INFINITY
    return true
  }

  #notBefore(instant: Instant): boolean {
    // Not there any more (a restart), or an answer from behind: either way no word on the first time.
    if (instant <= this.#earliest || instant > this.#latest) return false
    this.#earliest = instant
    return true
  }

  #name(source: string): void {
    if (this.#sources.size < MOST_SOURCES) this.#sources.add(source)
  }
}
