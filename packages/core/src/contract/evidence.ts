import type { Mark } from './mark.ts'

/**
 * An instant on this process' monotonic clock: milliseconds since its start, with fractions, as `performance.now()` gives.
 * It never jumps; `performance.timeOrigin + instant` is its wall time as far as the wall clock was right at the start.
 */
export type Instant = number

interface EvidenceBase {
  readonly mark: Mark
  /** The container it speaks of; left out for the group, or for the only container. */
  readonly container?: string | undefined
  /**
   * Where it comes from, for the reader of a report: `create answer`, `event Started`, `http probe`. The same words for the same kind
   * of evidence, without counters or ids: of one source only the tightest is kept. A stamp of the same mark by the same machine and
   * source with another time is taken for a repetition (a restart) and passed over: a mark is the first time.
   */
  readonly source: string
}

/** The mark lies within `[earliest, latest]` on this process' clock; a side left out is open. Both equal: seen exactly. */
export interface SightingEvidence extends EvidenceBase {
  readonly kind: 'sighting'
  /** "Not yet at …": the *sent* time of a question whose answer lacked the mark. Only sound where the API is immediate. */
  readonly earliest?: Instant | undefined
  /** "Already at …": the *received* time of an answer that shows the mark. */
  readonly latest?: Instant | undefined
}

/** A time stamp that a machine of the cloud put on the mark, by that machine's own clock. */
export interface StampEvidence extends EvidenceBase {
  readonly kind: 'stamp'
  /** Microseconds since the epoch as stamped (truncated to `resolutionInMicros`). */
  readonly timeInMicros: number
  /** The stamp t says `[t, t + resolution)`. 1_000_000 for whole seconds. */
  readonly resolutionInMicros: number
  /** The machine whose clock made it, a key of the adapter's `clocks`. */
  readonly machine: string
  /**
   * `upper`: the mark happened at this time or before, as of a coalesced event (count > 1), or of one that is sent a while after what it
   * tells (an Engine's `start` event comes milliseconds after its `StartedAt`: both as `both` would contradict each other). Default
   * `both`.
   */
  readonly side?: 'both' | 'upper' | undefined
  /**
   * How long after the machine wrote it the mark itself may come, in microseconds: a runtime notes a start when it has ordered it, a moment
   * before the program's first instruction. So much later than the stamp reached this process the mark may be. Default 0.
   */
  readonly lateInMicros?: number | undefined
}

/** What is known of one mark of one start, from one source. */
export type Evidence = SightingEvidence | StampEvidence

/** One HTTP answer of a cloud's front end, for the offset between its clock and ours. One sample per HTTP attempt, never per SDK call. */
export interface DateSample {
  readonly machine: string
  /** When the request's head was sent. */
  readonly sentAt: Instant
  /** When the answer's head was received (not its body). */
  readonly receivedAt: Instant
  /** The `Date` header, verbatim. */
  readonly date: string
  /** The `Age` header where there is one: then the answer came out of a cache and the sample is ignored. */
  readonly age?: string | undefined
}

/** What an adapter promises of a machine that stamps: without `skewInMs` its clock is free and only differences count. */
export interface ClockDeclaration {
  /**
   * The largest difference, either way, between this machine's clock and that of the machine named in `against`. Of `front-end`
   * itself (and any machine declared against itself): how far the clocks of the several machines that answer under this name
   * lie from their common time, by which what their `Date` headers say is widened.
   */
  readonly skewInMs?: number | undefined
  /** Default: `front-end`. `client` for a machine that shares this process' own wall clock. */
  readonly against?: string | undefined
  /** How stale this machine's `Date` header can be: 1000 (the default) for a plain truncation, 2000 for servers that cache it a tick. */
  readonly dateResolutionInMs?: number | undefined
}
