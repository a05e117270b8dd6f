import type { AdapterCaller } from '../call/adapter-caller.ts'
import { delay } from '../call/delay.ts'
import type { Adapter, WatchMessage } from '../contract/adapter.ts'
import { BerthError } from '../errors/berth-error.ts'
import type { ObservationHub } from './observation-hub.ts'

/** A stream that is cut is opened again at once; one that cannot be opened so many times in a row is given up. */
const TRIES = 6
const FIRST_PAUSE_IN_MS = 100

/** Learns states from the adapter's watch, and keeps it open across cuts. */
export class Watcher {
  readonly #adapter: Adapter
  readonly #caller: AdapterCaller
  readonly #hub: ObservationHub
  #running: AbortController | undefined

  constructor(adapter: Adapter, caller: AdapterCaller, hub: ObservationHub) {
    this.#adapter = adapter
    this.#caller = caller
    this.#hub = hub
  }

  wake(): void {
    if (this.#running) return
    const controller = new AbortController()
    this.#running = controller
    void this.#run(controller.signal)
  }

  rest(): void {
    this.#running?.abort()
    this.#running = undefined
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        let known = this.#refs()
        for await (const message of this.#adapter.watch?.(this.#caller.context(signal)) ?? []) {
          if (signal.aborted) return
          failures = 0
          this.#take(message, known, signal)
          known = this.#refs()
        }
        failures += 1
      } catch (thrown) {
        if (signal.aborted) return
        const error = this.#caller.complete('watch', thrown, signal)
        failures += 1
        if (failures >= TRIES || !BerthError.isInstance(error) || !error.retryable) {
          this.rest()
          this.#hub.fail(error)
          return
        }
      }
      await delay(FIRST_PAUSE_IN_MS * 2 ** Math.min(failures - 1, 6), signal).catch(() => {})
    }
  }

  /** `known` are the refs asked about when the message began to be made: of a younger one a picture without it says nothing. */
  #take(message: WatchMessage, known: ReadonlySet<string>, signal: AbortSignal): void {
    if (message.kind === 'observation') {
      this.#hub.observe(message.observation)
      return
    }
    if (message.kind === 'connected') {
      void this.#catchUp(signal)
      return
    }
    const seen = new Set(message.observations.map(({ ref }) => ref))
    for (const observation of message.observations) this.#hub.observe(observation)
    const missing = [...this.#refs()].filter((ref) => !seen.has(ref))
    for (const ref of missing.filter((each) => known.has(each))) {
      this.#hub.observe({ ref, phase: 'gone', containers: {}, addresses: [], events: [], evidence: [] })
    }
    if (missing.some((ref) => !known.has(ref))) void this.#catchUp(signal)
  }

  #refs(): Set<string> {
    return new Set(this.#hub.interests().map(({ ref }) => ref))
  }

  /** Asks for what was known before the stream was there: nothing, when it was opened for a start. */
  async #catchUp(signal: AbortSignal): Promise<void> {
    const refs = [...this.#refs()]
    if (refs.length === 0) return
    try {
      const observations = await this.#caller.call(
        'poll',
        async (context) => (await this.#adapter.poll?.(refs, context)) ?? [],
        signal,
      )
      for (const observation of observations) this.#hub.observe(observation)
    } catch (error) {
      if (!signal.aborted) this.#hub.fail(error)
    }
  }
}
