import type { DateSample, Instant } from '../contract/evidence.ts'

/** How much faster or slower than this process' clock a machine's clock may run: 100 parts per million, what NTP slews at most. */
export const DRIFT = 100e-6

/** How far a server's `Date` may lie before the instant at which its answer left, beyond the truncation: scheduling on its side. */
const SLACK_IN_MS = 10

/** Kept on either end when more samples can bind than are worth keeping. */
const KEPT_ON_EACH_END = 32

/** Bounds of (server - client) in milliseconds: the server's epoch time less this process' monotonic clock. */
export interface OffsetInterval {
  readonly earliest: number
  readonly latest: number
}

/** One side of what a sample says: the offset bound `value` holds at `instant`, and loosens with the distance from it. */
interface Bound {
  readonly value: number
  readonly instant: Instant
  readonly sample: DateSample
}

export interface ClockOffsetOptions {
  /** How stale the `Date` header can be, in milliseconds. Default 1000, a plain truncation to the second. */
  readonly resolutionInMs?: number | undefined
  /** By how much the several machines that answer under this name differ from their common time, either way. Default 0. */
  readonly skewInMs?: number | undefined
}

/**
 * The offset between a server's clock and ours, from the `Date` headers of its answers. Every answer bounds it from both sides;
 * the bounds of all answers intersect, each loosened by the drift that may have happened since.
 */
export class ClockOffset {
  readonly #resolutionInMs: number
  readonly #skewInMs: number
  #lower: Bound[] = []
  #upper: Bound[] = []
  #count = 0
  #contradictory = false

  constructor(options: ClockOffsetOptions = {}) {
    this.#resolutionInMs = options.resolutionInMs ?? 1000
    this.#skewInMs = options.skewInMs ?? 0
  }

  /**
   * Takes one answer's `Date` into account. False where it says nothing: it came out of a cache (it has an `Age`), its date cannot
   * be read, or earlier samples say as much. Memory stays bounded, however many answers come.
   * @throws RangeError where the answer came before its request.
   */
  add(sample: DateSample): boolean {
    if (!(sample.receivedAt >= sample.sentAt)) {
      throw new RangeError(
        `an answer of ${sample.machine} cannot be received at ${sample.receivedAt}, before it was asked for at ${sample.sentAt}`,
      )
    }
    const date = Date.parse(sample.date)
    if (sample.age !== undefined || Number.isNaN(date)) return false
    this.#count++
    const lower: Bound = {
      value: date - this.#skewInMs - sample.receivedAt,
      instant: sample.receivedAt,
      sample,
    }
    const late = this.#resolutionInMs + SLACK_IN_MS + this.#skewInMs
    const upper: Bound = { value: date + late - sample.sentAt, instant: sample.sentAt, sample }
    // A bound that another one implies contradicts nothing that the other does not: looking at those kept is looking at all.
    if (this.#upper.some((other) => contradicts(lower, other))) this.#contradictory = true
    if (this.#lower.some((other) => contradicts(other, upper))) this.#contradictory = true
    const lowerBefore = this.#lower
    const upperBefore = this.#upper
    this.#lower = withBound(this.#lower, lower, (kept, implied) => kept.value - implied.value)
    this.#upper = withBound(this.#upper, upper, (kept, implied) => implied.value - kept.value)
    return this.#lower !== lowerBefore || this.#upper !== upperBefore
  }

  /**
   * The offset at whatever client instant within `[from, to]`; undefined before the first sample. Check `contradictory` first:
   * samples that contradict each other need not look empty far from where they do.
   */
  at(from: Instant, to: Instant = from): OffsetInterval | undefined {
    if (this.#lower.length === 0) return undefined
    const drift = (bound: Bound) =>
      DRIFT * Math.max(Math.abs(from - bound.instant), Math.abs(to - bound.instant))
    return {
      earliest: Math.max(...this.#lower.map((bound) => bound.value - drift(bound))),
      latest: Math.min(...this.#upper.map((bound) => bound.value + drift(bound))),
    }
  }

  /**
   * Whether no clock that drifts by at most 100 ppm can have given these answers: it was set meanwhile, this machine slept, or
   * several machines answer under one name with an undeclared skew. It stays so.
   */
  get contradictory(): boolean {
    return this.#contradictory
  }

  /** How many samples were taken into account, those no longer kept included. */
  get count(): number {
    return this.#count
  }

  /** The samples that still bind, to seed another run's clocks with what this one learned. */
  get samples(): readonly DateSample[] {
    return [...new Set([...this.#lower, ...this.#upper].map((bound) => bound.sample))]
  }
}

/** True where the lower bound exceeds the upper even at the instant, between the two, where drift excuses most. */
function contradicts(lower: Bound, upper: Bound): boolean {
  return lower.value - upper.value > DRIFT * Math.abs(lower.instant - upper.instant)
}

/** The bounds with one more, without those which another implies at every instant; the same array where the new one is implied. */
function withBound(
  bounds: Bound[],
  added: Bound,
  advantage: (kept: Bound, implied: Bound) => number,
): Bound[] {
  const implies = (kept: Bound, implied: Bound) =>
    advantage(kept, implied) >= DRIFT * Math.abs(kept.instant - implied.instant)
  if (bounds.some((bound) => implies(bound, added))) return bounds
  const binding = [...bounds.filter((bound) => !implies(added, bound)), added]
  // A start lies near the first samples, an end near the last: of a long life the middle is what nobody asks for.
  if (binding.length > 2 * KEPT_ON_EACH_END) binding.splice(KEPT_ON_EACH_END, 1)
  return binding
}
