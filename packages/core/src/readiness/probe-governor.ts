import type { Instant } from '../contract/evidence.ts'

/**
 * How many attempts a second all watches of this process send together. An attempt costs 35 µs of CPU when refused and 80 µs when
 * answered (2 GHz-class core, Node 24), so this is 7 to 16 % of one core. It gives fifty runs 25 ms each, little more than
 * the interval's own upper limit; without it they would ask for 25,000 a second and take two cores.
 */
const ATTEMPTS_PER_SECOND = 2_000
/** Sockets of all watches together: half of the common limit of 1,024 descriptors. */
const SOCKETS = 512
const SOCKETS_PER_WATCH = { most: 64, least: 4 } as const
const LONGEST_LATENESS_IN_MS = 250
/**
 * How long an answer is waited for before the next attempt goes out beside it: the least for each watch that is active. Nearby the answer to one
 * alone comes sooner; on a machine that fifty starts keep busy it takes ten times as long, and what is asked meanwhile only takes the
 * processor from it.
 */
const ANSWER_TIME_IN_MS = { least: 5, most: 100 } as const
/** The longest that slow answers keep the attempts apart: about the interval's own upper limit. */
const LONGEST_ANSWER_PAUSE_IN_MS = 25
/** What an answer took says nothing about one so much later. */
const ANSWER_TIME_LASTS_MS = 1_000

/** Shares what a process can spend on probing between the watches in it. One per process, save in tests. */
export class ProbeGovernor {
  readonly #wishes = new Map<object, number>()
  #wished = 0
  #latenessInMs = 0
  #answerTimeInMs = 0
  #answeredAt: Instant = Number.NEGATIVE_INFINITY

  /**
   * The interval to keep instead of the one wished for. `watch` counts as active until it leaves.
   *
   * @param now left out where the endpoint is far: its answers are late by the way they go, and no sign of a busy machine
   */
  pace(watch: object, intervalInMs: number, now?: Instant): number {
    const wish = 1_000 / intervalInMs
    this.#wished += wish - (this.#wishes.get(watch) ?? 0)
    this.#wishes.set(watch, wish)
    const stretched = intervalInMs * Math.max(1, this.#wished / ATTEMPTS_PER_SECOND)
    // A loop that comes around every 30 ms cannot read an answer sooner, whatever is asked in between; and where answers take long, asking
    // again right after one tells little more, and makes the next take longer.
    const answer = Math.min(this.#answerTime(now), LONGEST_ANSWER_PAUSE_IN_MS)
    return Math.max(stretched, this.#latenessInMs, answer)
  }

  /** How many attempts of one watch may be in flight. */
  window(): number {
    const share = Math.floor(SOCKETS / Math.max(1, this.#wishes.size))
    return Math.min(SOCKETS_PER_WATCH.most, Math.max(SOCKETS_PER_WATCH.least, share))
  }

  /** Tells how much later than due a timer came: how busy the event loop is. */
  noteLateness(lateInMs: number): void {
    const late = Math.min(LONGEST_LATENESS_IN_MS, Math.max(0, lateInMs))
    this.#latenessInMs += (late - this.#latenessInMs) / 8
  }

  /**
   * How long to wait for an answer before asking again beside it: as long as this process' watches wait for theirs at present, and twice as
   * long for each other that is awaited. What holds up so many is the machine itself, which another question keeps from answering.
   *
   * @param awaited how many other answers this watch waits for
   * @param now as for `pace`
   */
  answerTimeInMs(awaited: number, now?: Instant): number {
    const least = ANSWER_TIME_IN_MS.least * Math.max(1, this.#wishes.size)
    return Math.min(ANSWER_TIME_IN_MS.most, Math.max(least, this.#answerTime(now) * 2 ** awaited))
  }

  /** Tells how long an answer from nearby took. */
  noteAnswer(now: Instant, tookInMs: number): void {
    const known = this.#answerTime(now)
    // Rises at once and falls slowly: waiting too long costs only where an attempt hangs.
    this.#answerTimeInMs = Math.max(tookInMs, known + (tookInMs - known) / 4)
    this.#answeredAt = now
  }

  leave(watch: object): void {
    this.#wished -= this.#wishes.get(watch) ?? 0
    this.#wishes.delete(watch)
    if (this.#wishes.size > 0) return
    // Nobody measures from now on: neither an old lateness nor rounding may outlast the pause.
    this.#wished = 0
    this.#latenessInMs = 0
  }

  #answerTime(now: Instant = Number.POSITIVE_INFINITY): number {
    return now - this.#answeredAt < ANSWER_TIME_LASTS_MS ? this.#answerTimeInMs : 0
  }
}

export const processGovernor: ProbeGovernor = new ProbeGovernor()
