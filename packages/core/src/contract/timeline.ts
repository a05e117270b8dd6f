import type { Mark } from './mark.ts'

/** Where one mark of a start lies. All figures are integer microseconds since `requested`. */
export interface TimelineMark {
  readonly name: Mark
  /** The midpoint of `[earliest, latest]`, rounded down: the one figure to show. */
  readonly at: number
  readonly earliest: number
  readonly latest: number
  /** Whether the mark has evidence of its own that is narrow enough to stand at the edge of a phase. */
  readonly pinned: boolean
  /** `unsteady`: the endpoint answered and then failed again. `inferred`: a bound rests on silent probes. */
  readonly flags: readonly ('unsteady' | 'inferred')[]
  readonly sources: readonly string[]
}

/** A piece of a start between two adjacent pinned marks. All figures are integer microseconds. */
export interface TimelinePhase {
  /** What the time went into: `pull`, `create`, `detection`, … or `unattributed`, where no source explains it. */
  readonly name: string
  readonly from: Mark
  readonly to: Mark | 'detected'
  readonly start: number
  readonly end: number
  /** `end - start`; over all phases it sums to the total exactly. */
  readonly duration: number
  /**
   * What the duration cannot be below or above, every piece of evidence taken together. `atLeast` is below 0 where the two marks keep no
   * order (`accepted`, `addressed`) and may have come the other way round.
   */
  readonly atLeast: number
  readonly atMost: number
  /** For `unattributed`: the phases that hide in it, known to have happened but not where. */
  readonly contains: readonly string[]
  readonly sources: readonly string[]
}

/**
 * What a step of a start took at the very least, wherever exactly it lay. It never overclaims, and stands also for marks that are not
 * pinned. Only steps that took anything for sure are listed.
 */
export interface TimelineMinimum {
  readonly name: string
  readonly from: Mark
  readonly to: Mark | 'detected'
  /** In microseconds, above 0. */
  readonly atLeast: number
}

/** Something that ran beside the path to readiness (a sidecar's start, a parallel pull). It is no part of the sum. */
export interface TimelineSpan {
  readonly name: string
  readonly container: string
  readonly start: number
  readonly end: number
  readonly sources: readonly string[]
}

/** How a machine's clock stood against this process', as far as the evidence told. */
export interface TimelineClock {
  readonly machine: string
  /** Bounds of (machine - client) in microseconds, null where nothing bounds it. */
  readonly offset: { readonly earliest: number; readonly latest: number } | null
  /** How many answers of it told its time. */
  readonly samples: number
  /**
   * Whether these answers cannot all come from one clock: it was set meanwhile, this machine slept, or several machines answer
   * under one name with an undeclared skew. Nothing then rests on them.
   */
  readonly contradictory: boolean
}

/** Where every second of one start went. All figures are integer microseconds since `requested`. */
export interface Timeline {
  /** Wall time of `requested`, by this machine's clock. */
  readonly requestedAt: Date
  /** `requested` to the first success received; undefined until then. */
  readonly total: number | undefined
  /** In order of `at`. */
  readonly marks: readonly TimelineMark[]
  /**
   * Adjacent, without gap or overlap, from `requested` to the total; until there is one, to the last pinned mark (`exited`
   * included: of a start that never answered, or that was to end). Empty while nothing but `requested` is pinned.
   */
  readonly phases: readonly TimelinePhase[]
  /** Guaranteed minima, step by step. */
  readonly minima: readonly TimelineMinimum[]
  readonly spans: readonly TimelineSpan[]
  readonly clocks: readonly TimelineClock[]
  /**
   * What had to be given up to make the evidence agree: `declared` (nothing), `free-clocks` (the adapter's declared skews and the
   * `Date` headers), `no-stamps` (all stamps of the cloud), `seen-only` (every "not yet" as well: only what was seen, and the order of
   * things, stand).
   */
  readonly assumptions: 'declared' | 'free-clocks' | 'no-stamps' | 'seen-only'
  mark(name: Mark): TimelineMark | undefined
  toJSON(): TimelineJson
}

/** A timeline as data; the field names are stable. */
export interface TimelineJson {
  readonly unit: 'us'
  readonly requestedAt: string
  readonly total: number | null
  readonly assumptions: Timeline['assumptions']
  readonly marks: readonly TimelineMark[]
  readonly phases: readonly TimelinePhase[]
  readonly minima: readonly TimelineMinimum[]
  readonly spans: readonly TimelineSpan[]
  readonly clocks: readonly TimelineClock[]
}
