import type { Instant, SightingEvidence } from '../contract/evidence.ts'
import {
  bindingAttempts,
  type ProbeAttempt,
  type ReadinessBounds,
  readinessBounds,
} from '../timeline/readiness-bounds.ts'
import type { AttemptEnd } from './attempt.ts'
import type { AttemptCounts } from './watch.ts'

/** Above it, those that no longer bind are dropped: a probe of many minutes sends ten thousands. */
const MOST_KEPT = 1_024

const OUTCOMES = { success: 'success', failure: 'explicit-failure', silent: 'silent' } as const

/** What became of the attempts at one endpoint, and what that proves. */
export class AttemptRecord {
  readonly #counts = { sent: 0, failed: 0, silent: 0 }
  #attempts: ProbeAttempt[] = []
  #notYet: Instant | undefined
  #wasDenied = false
  #refused: Instant | undefined
  #connected: SightingEvidence | undefined
  #roundTripInMs: number | undefined

  get counts(): AttemptCounts {
    return { ...this.#counts }
  }

  /** How long answers take, the last ones counting most; undefined before the first. */
  get roundTripInMs(): number | undefined {
    return this.#roundTripInMs
  }

  /** When the latest of the attempts that failed by now was sent. */
  get notYet(): Instant | undefined {
    return this.#notYet
  }

  /** Whether an attempt failed by what the other side said, not for want of somebody who listens. */
  get wasDenied(): boolean {
    return this.#wasDenied
  }

  /** The first connection that the container took. */
  get connected(): SightingEvidence | undefined {
    return this.#connected
  }

  sent(): void {
    this.#counts.sent++
  }

  /** A connection was taken by the container itself, not by a proxy before it. */
  took(at: Instant, source: string): void {
    this.#connected ??= { kind: 'sighting', mark: 'connected', source, earliest: this.#refused, latest: at }
  }

  ended(sentAt: Instant, end: Omit<AttemptEnd, 'words'>): void {
    if (end.outcome === 'failure') {
      this.#counts.failed++
      this.#notYet = Math.max(sentAt, this.#notYet ?? sentAt)
      this.#wasDenied ||= end.spoke
      if (end.refused) this.#refused = Math.max(sentAt, this.#refused ?? sentAt)
    }
    if (end.outcome === 'silent') this.#counts.silent++
    else this.#measure(end.at - sentAt)
    this.#attempts.push({ sentAt, endedAt: end.at, outcome: OUTCOMES[end.outcome] })
    if (this.#attempts.length > MOST_KEPT) this.#attempts = bindingAttempts(this.#attempts)
  }

  /** What all this says once one has succeeded; the others' `outstanding` are their sent times. */
  bounds(outstanding: Iterable<Instant>): ReadinessBounds | undefined {
    const silent = [...outstanding].map((sentAt): ProbeAttempt => ({ sentAt, outcome: 'silent' }))
    return readinessBounds([...this.#attempts, ...silent])
  }

  // Rises at once and falls slowly: patience that is too short costs an answer, one too long only a beat.
  #measure(roundTripInMs: number): void {
    const known = this.#roundTripInMs ?? roundTripInMs
    this.#roundTripInMs = Math.max(roundTripInMs, 0.8 * known + 0.2 * roundTripInMs)
  }
}
