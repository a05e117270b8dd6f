import type { ClockDeclaration, DateSample, Evidence, Instant } from '../contract/evidence.ts'
import type { Mark } from '../contract/mark.ts'
import type { Timeline } from '../contract/timeline.ts'
import { buildTimeline } from './build-timeline.ts'
import { checkEvidence } from './check-evidence.ts'
import { type ClockBounds, clockBounds, FRONT_END } from './clock-bounds.ts'
import { ClockOffset } from './clock-offset.ts'
import { KnownMark } from './known-mark.ts'
import type { ReadinessBounds } from './readiness-bounds.ts'
import { TimeBase, wallOrigin } from './time-base.ts'

export interface TimelineRecorderOptions {
  /** When `run()` was called. Every figure counts from here. */
  readonly requestedAt: Instant
  /** The container whose marks are the path to readiness. Left out: the only one, and evidence that names another is a sidecar's. */
  readonly mainContainer?: string | undefined
  /** What the adapter declares of the machines that stamp. A machine left out has a free clock. */
  readonly clocks?: Readonly<Record<string, ClockDeclaration>> | undefined
  /** Wall time at instant 0 in milliseconds since the epoch. Default: this machine's, see `wallOrigin`. */
  readonly wallOriginInMs?: number | undefined
}

export interface DetectionOptions {
  /** How it was found: `http probe`. */
  readonly source: string
  /** Whether the probe connects to the container, so that a success proves it connected and addressed. Default true. */
  readonly connects?: boolean | undefined
}

/** So much evidence is kept as it came, until somebody asks for the timeline: while it starts, nobody mostly does. */
const MOST_UNWEIGHED = 64

/**
 * Gathers what is known of one start, and gives its timeline at any time, while it runs and after. Memory is bounded, however many
 * polls add to it: of each mark and source only the tightest is kept.
 */
export class TimelineRecorder {
  readonly #time: TimeBase
  readonly #mainContainer: string | undefined
  readonly #declarations: Readonly<Record<string, ClockDeclaration>>
  readonly #bounds: ClockBounds
  readonly #marks = new Map<string | undefined, Map<Mark, KnownMark>>([[undefined, new Map()]])
  readonly #offsets = new Map<string, ClockOffset>()
  #unweighed: { readonly evidence: Evidence; readonly knownAt: Instant }[] = []
  #detection: { readonly bounds: ReadinessBounds; readonly options: DetectionOptions } | undefined
  #timeline: Timeline | undefined

  constructor(options: TimelineRecorderOptions) {
    this.#time = new TimeBase(options.requestedAt, options.wallOriginInMs ?? wallOrigin())
    this.#mainContainer = options.mainContainer
    this.#declarations = options.clocks ?? {}
    this.#bounds = clockBounds(this.#declarations, this.#offsets, this.#time)
  }

  /**
   * Takes a piece of evidence into account. That of `requested` and `ready` is passed over: the call itself and this client's own
   * probe (`detected`) are the only word on these.
   *
   * @param knownAt when it had reached this process, which no mark it shows can come after. Default: now.
   * @throws RangeError where a time is not a finite number, or a sighting's are the wrong way round.
   */
  add(evidence: Evidence, knownAt: Instant = performance.now()): void {
    if (evidence.mark === 'requested' || evidence.mark === 'ready') return
    checkEvidence(evidence)
    this.#unweighed.push({ evidence, knownAt })
    if (this.#unweighed.length >= MOST_UNWEIGHED) this.#weighAll()
  }

  /**
   * Takes the `Date` of one HTTP answer into account. Every attempt has one, retries too; what an SDK retried within is none.
   * @throws RangeError where the answer came before its request.
   */
  addDate(sample: DateSample): void {
    const offset = this.#offsets.get(sample.machine) ?? this.#clockOffset(sample.machine)
    this.#offsets.set(sample.machine, offset)
    if (offset.add(sample)) this.#timeline = undefined
  }

  /** The `Date` samples that still bind, to seed the recorder of the next start at the same provider with. */
  get dates(): readonly DateSample[] {
    return [...this.#offsets.values()].flatMap((offset) => offset.samples)
  }

  /** The readiness probe succeeded. To be called again as further probes tell more, that it is unsteady say. */
  detected(bounds: ReadinessBounds, options: DetectionOptions): void {
    this.#detection = { bounds, options }
    this.#timeline = undefined
  }

  /** The timeline as of now; the same object until there is new evidence. */
  get timeline(): Timeline {
    this.#weighAll()
    this.#timeline ??= this.#build()
    return this.#timeline
  }

  #weighAll(): void {
    for (const { evidence, knownAt } of this.#unweighed) this.#weigh(evidence, knownAt)
    this.#unweighed = []
  }

  #weigh(evidence: Evidence, knownAt: Instant): void {
    const container = evidence.container === this.#mainContainer ? undefined : evidence.container
    let marks = this.#marks.get(container)
    if (marks === undefined) {
      marks = new Map()
      this.#marks.set(container, marks)
    }
    let known = marks.get(evidence.mark)
    if (known === undefined) {
      known = new KnownMark(evidence.mark)
      marks.set(evidence.mark, known)
    }
    if (known.add(evidence, knownAt)) this.#timeline = undefined
  }

  #build(): Timeline {
    const { bounds, options } = this.#detection ?? {}
    const sidecars = [...this.#marks].filter(([container]) => container !== undefined)
    return buildTimeline({
      time: this.#time,
      path: this.#path(),
      sidecars: new Map(sidecars.map(([container, marks]) => [container ?? '', seen(marks)])),
      clocks: this.#bounds,
      offsets: this.#offsets,
      detection: bounds && {
        at: Math.max(0, Math.round(this.#time.micros(bounds.upper))),
        inferred: bounds.inferred === undefined ? undefined : Math.floor(this.#time.micros(bounds.inferred)),
        unsteady: bounds.unsteady,
        probeConnects: options?.connects ?? true,
      },
    })
  }

  /** The main container's marks, with `ready` as the probe saw it. */
  #path(): KnownMark[] {
    const marks = seen(this.#marks.get(undefined) ?? new Map())
    if (this.#detection === undefined) return marks
    const { bounds, options } = this.#detection
    const ready = new KnownMark('ready')
    ready.add(
      {
        kind: 'sighting',
        mark: 'ready',
        source: options.source,
        earliest: bounds.lower,
        latest: bounds.upper,
      },
      bounds.upper,
    )
    return [...marks, ready]
  }

  #clockOffset(machine: string): ClockOffset {
    const declaration = Object.hasOwn(this.#declarations, machine) ? this.#declarations[machine] : undefined
    const isReference = (declaration?.against ?? FRONT_END) === machine
    return new ClockOffset({
      resolutionInMs: declaration?.dateResolutionInMs,
      skewInMs: isReference ? declaration?.skewInMs : undefined,
    })
  }
}

function seen(marks: ReadonlyMap<Mark, KnownMark>): KnownMark[] {
  return [...marks.values()].filter((mark) => mark.seen)
}
