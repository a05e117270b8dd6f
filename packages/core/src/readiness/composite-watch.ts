import type { Instant } from '../contract/evidence.ts'
import type { ReadinessBounds } from '../timeline/readiness-bounds.ts'
import type { AttemptCounts, Finding, Watch, WatchListener } from './watch.ts'

/** Runs probes together until all have succeeded, or one; the moment the outcome is known the others are let go. */
export class CompositeWatch implements Watch {
  readonly #kind: 'all' | 'any'
  readonly #watches: readonly Watch[]
  readonly #findings = new Map<Watch, Finding>()
  readonly #failed = new Set<Watch>()
  readonly #listener: WatchListener
  #over = false

  constructor(
    kind: 'all' | 'any',
    inner: readonly ((listener: WatchListener) => Watch)[],
    listener: WatchListener,
  ) {
    this.#kind = kind
    this.#listener = listener
    this.#watches = inner.map((create) => {
      const watch: Watch = create({
        succeeded: (finding) => this.#innerSucceeded(watch, finding),
        failed: (error) => this.#innerFailed(watch, error),
      })
      return watch
    })
  }

  start(): void {
    for (const watch of this.#watches) {
      // One that succeeds at once may have ended the wait already.
      if (!this.#over) watch.start()
    }
  }

  stop(): void {
    this.#over = true
    for (const watch of this.#watches) watch.stop()
  }

  outcome(): string {
    const pending = this.#watches.filter((watch) => !this.#findings.has(watch))
    return pending.map((watch) => watch.outcome()).join('; ')
  }

  /** All: not before the last of them. Any: not before the first, of which nothing is known while one of them says nothing. */
  notYet(): Instant | undefined {
    const instants = this.#watches.map((watch) => watch.notYet())
    const known = instants.filter((instant) => instant !== undefined)
    if (known.length === 0 || (this.#kind === 'any' && known.length < instants.length)) return undefined
    return this.#kind === 'all' ? Math.max(...known) : Math.min(...known)
  }

  counts(): AttemptCounts {
    return this.#watches
      .map((watch) => watch.counts())
      .reduce((one, other) => ({
        sent: one.sent + other.sent,
        failed: one.failed + other.failed,
        silent: one.silent + other.silent,
      }))
  }

  confirm(onSteadiness: (steady: boolean) => void): void {
    let waiting = this.#findings.size
    let steadyUntilNow = true
    for (const watch of this.#findings.keys()) {
      watch.confirm((steady) => {
        steadyUntilNow &&= steady
        if (--waiting === 0) onSteadiness(steadyUntilNow)
      })
    }
  }

  #innerSucceeded(watch: Watch, finding: Finding): void {
    this.#findings.set(watch, finding)
    if (this.#kind === 'all' && this.#findings.size < this.#watches.length) return
    const lower = this.notYet()
    this.stop()
    this.#listener.succeeded(
      this.#kind === 'all' ? combine([...this.#findings.values()]) : earlier(finding, lower),
    )
  }

  #innerFailed(watch: Watch, error: unknown): void {
    this.#failed.add(watch)
    if (this.#kind === 'any' && this.#failed.size < this.#watches.length) return
    this.stop()
    this.#listener.failed(error)
  }
}

/** The whole was ready when the last of its parts was. */
function combine(findings: readonly Finding[]): Finding {
  const bounds = findings.map((finding) => finding.bounds)
  const latest = (pick: (bounds: ReadinessBounds) => Instant | undefined): Instant | undefined => {
    const known = bounds.map(pick).filter((instant) => instant !== undefined)
    return known.length === 0 ? undefined : Math.max(...known)
  }
  const lower = latest((one) => one.lower)
  const inferred = latest((one) => one.inferred)
  return {
    bounds: {
      upper: Math.max(...bounds.map(({ upper }) => upper)),
      lower,
      inferred:
        (inferred ?? Number.NEGATIVE_INFINITY) > (lower ?? Number.NEGATIVE_INFINITY) ? inferred : undefined,
      unsteady: false,
    },
    source: [...new Set(findings.map(({ source }) => source))].join(' and '),
    connects: findings.some(({ connects }) => connects),
    description: findings.map(({ description }) => description).join('; '),
    connected: findings.find(({ connected }) => connected !== undefined)?.connected,
  }
}

/** The whole was ready with the first of its parts, and any of them may have been ready before it told so. */
function earlier(finding: Finding, lower: Instant | undefined): Finding {
  return { ...finding, bounds: { upper: finding.bounds.upper, lower, unsteady: false } }
}
