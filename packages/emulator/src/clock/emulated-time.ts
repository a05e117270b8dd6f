import { setTimeout as wait } from 'node:timers/promises'

/** Emulated durations, which pass faster than real ones by the time scale. Instants stay real. */
export class EmulatedTime {
  readonly scale: number

  constructor(scale: number) {
    if (!(scale > 0) || !Number.isFinite(scale))
      throw new RangeError(`timeScale is ${scale}; it must be a number above 0: 10 is ten times faster`)
    this.scale = scale
  }

  /** How long an emulated duration takes here, in milliseconds. */
  toReal(emulatedInMs: number): number {
    return emulatedInMs / this.scale
  }

  /** Lets an emulated duration pass; rejects with the signal's reason when that ends first. */
  async pass(emulatedInMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (emulatedInMs <= 0) return
    try {
      // A timer holds 32 bits of milliseconds; what lasts longer than that lasts for ever here.
      await wait(Math.min(this.toReal(emulatedInMs), 0x7fff_ffff), undefined, {
        ...(signal && { signal }),
      })
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    }
  }
}
