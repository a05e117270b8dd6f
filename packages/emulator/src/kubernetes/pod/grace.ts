import type { EmulatedTime } from '../../clock/emulated-time.ts'

/** How long the containers of a Pod are given to end. It may be changed while they are. */
export class Grace {
  #seconds: number
  #changed = Promise.withResolvers<void>()

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  get seconds(): number {
    return this.#seconds
  }

  /** Resolves when it is next changed. */
  get changed(): Promise<void> {
    return this.#changed.promise
  }

  change(seconds: number): void {
    this.#seconds = seconds
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }
}

/** A grace here. A second of real time is left of it: programs do not end faster for the time scale. */
export function graceInMs(seconds: number, time: EmulatedTime): number {
  const inMs = seconds * 1_000
  return Math.max(Math.min(1_000, inMs), time.toReal(inMs))
}
