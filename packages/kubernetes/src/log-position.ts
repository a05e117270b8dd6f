import { dateOf } from './kubernetes-time.ts'
import type { StampedLine } from './log-lines.ts'

/** The API takes times in whole seconds, and the two streams of a container may be a little out of order. */
const OVERLAP_IN_MS = 2_000

/**
 * How far a log was read. It is opened again a little before the last line, and what was given already is known by its time and its bytes: by
 * neither alone, for the nodes' files are rotated, and two lines may have one time.
 */
export class LogPosition {
  readonly #begin: Date | undefined
  readonly #isTail: boolean
  /** The first line of a tail: whatever comes before it was left out on purpose. */
  #first: { readonly identity: string; readonly at: number } | undefined
  #isBeforeFirst = false
  readonly #given = new Map<string, { readonly at: number; count: number }>()
  #toSkip = new Map<string, number>()
  #newest = 0

  constructor(begin: Date | undefined, { isTail = false }: { readonly isTail?: boolean } = {}) {
    this.#begin = begin
    this.#isTail = isTail
  }

  /** From when on to ask, as the API takes it. */
  get since(): string | undefined {
    const from = this.#newest > 0 ? new Date(this.#newest - OVERLAP_IN_MS) : this.#begin
    return from && `${from.toISOString().slice(0, 19)}Z`
  }

  /** It is opened again: what comes first has been given. */
  reopen(): void {
    const border = this.#newest - OVERLAP_IN_MS - 1_000
    for (const [identity, { at }] of this.#given) if (at < border) this.#given.delete(identity)
    this.#toSkip = new Map([...this.#given].map(([identity, { count }]) => [identity, count]))
    this.#isBeforeFirst = this.#first !== undefined
  }

  /** Whether a line is new. */
  passes({ timestamp, identity }: StampedLine): boolean {
    const at = dateOf(timestamp)?.getTime() ?? this.#newest
    if (this.#begin !== undefined && at < this.#begin.getTime()) return false
    if (this.#isBeforeFirst && this.#first) {
      this.#isBeforeFirst = identity !== this.#first.identity && at <= this.#first.at
      if (this.#isBeforeFirst) return false
    }
    const skip = this.#toSkip.get(identity) ?? 0
    if (skip > 0) {
      this.#toSkip.set(identity, skip - 1)
      return false
    }
    if (this.#isTail) this.#first ??= { identity, at }
    this.#note(identity, at)
    return true
  }

  #note(identity: string, at: number): void {
    const known = this.#given.get(identity)
    if (known) known.count += 1
    else this.#given.set(identity, { at, count: 1 })
    if (at <= this.#newest) return
    this.#newest = at
    // The oldest come first; as they are asked for no more, they need not be kept.
    for (const [oldest, given] of this.#given) {
      if (given.at >= at - OVERLAP_IN_MS - 1_000) break
      this.#given.delete(oldest)
    }
  }
}
