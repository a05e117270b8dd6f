import { untilAborted } from './until-aborted.ts'

/** So many pieces of work at once; the rest wait in line. */
export class Slots {
  #free: number
  readonly #line: (() => void)[] = []

  constructor(size: number) {
    this.#free = size
  }

  /** Does the work once there is a free slot. An abort while it waits in line ends it with the signal's reason. */
  async use<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await this.#wait(signal)
    try {
      return await work()
    } finally {
      this.#giveBack()
    }
  }

  async #wait(signal: AbortSignal): Promise<void> {
    let enter: () => void = () => {}
    const turn = new Promise<void>((resolve) => {
      enter = resolve
    })
    this.#line.push(enter)
    try {
      await untilAborted(turn, signal)
    } catch (error) {
      const place = this.#line.indexOf(enter)
      // The slot may have been handed over in the very moment of the abort.
      if (place === -1) this.#giveBack()
      else this.#line.splice(place, 1)
      throw error
    }
  }

  #giveBack(): void {
    const next = this.#line.shift()
    if (next) next()
    else this.#free += 1
  }
}
