import { realNow } from './real-time.ts'

/** How a machine's clock differs from this machine's. */
export interface ClockSetting {
  /** Milliseconds that it is ahead when the emulator starts. Default 0. */
  readonly offsetInMs?: number | undefined
  /** Parts per million by which it is faster. Default 0. */
  readonly driftInPpm?: number | undefined
}

/** The clock of one emulated machine. Whatever that machine stamps is read from it. */
export class MachineClock {
  readonly #startedAt = realNow()
  #offsetInMs = 0
  #driftInPpm = 0

  constructor(setting: ClockSetting = {}) {
    this.set(setting)
  }

  /** Sets it anew; the drift counts from the emulator's start. */
  set(setting: ClockSetting): void {
    this.#offsetInMs = setting.offsetInMs ?? 0
    this.#driftInPpm = setting.driftInPpm ?? 0
  }

  /** What it shows at an instant of real time, in milliseconds since the epoch. Default: now. */
  read(realInMs: number = realNow()): number {
    return realInMs + this.#offsetInMs + (realInMs - this.#startedAt) * this.#driftInPpm * 1e-6
  }
}
