import type { Started, StartRequest } from '../contenders/contender.ts'

/** What the harness asks a contender's process. */
export type Asked =
  | { readonly start: StartRequest }
  | { readonly burst: StartRequest; readonly count: number }
  | { readonly remove: readonly string[] }
  | { readonly close: true }

/** Many starts at once, from the first call to the last ready. */
export interface Burst {
  readonly wallInMicros: number
  /** User and system time of the contender's process, without its imports. */
  readonly cpuInMicros: number
  readonly started: readonly Started[]
  readonly failures: readonly string[]
}

/** What it says. */
export type Said =
  | { readonly opened: true }
  | { readonly started: Started }
  | { readonly burst: Burst }
  | { readonly removed: true }
  | { readonly failure: string }
