import type { AdapterCaller } from '../call/adapter-caller.ts'
import { delay } from '../call/delay.ts'
import type { Adapter, WatchMessage } from '../contract/adapter.ts'
import { BerthError } from '../errors/berth-error.ts'
import { askStates } from './ask-states.ts'
import type { ObservationHub } from './observation-hub.ts'

/** A stream that is cut is opened again at once; one that cannot be opened so many times in a row is given up. */
const TRIES = 6
const FIRST_PAUSE_IN_MS = 100
/** An answer that was overtaken by the stream is asked for again; the stream's own word stands after so many. */
const ASKS = 3

/** Learns states from the adapter's watch, and keeps it open across cuts. */
export class Watcher {
  readonly #adapter: Adapter
  readonly #caller: AdapterCaller
  readonly #hub: ObservationHub
  #running: AbortController | undefined
  /** The stream that was opened last, from then to its cut. */
  #stream: object | undefined
  /** Whether its first message is there. */
  #isConnected = false
  /** Runs to be asked about once it is. */
  readonly #toBeAsked = new Set<string>()
  /** Of each question under way, the runs that the stream spoke of meanwhile. */
  readonly #overtaken = new Set<Set<string>>()

  constructor(adapter: Adapter, caller: AdapterCaller, hub: ObservationHub) {
    this.#adapter = adapter
    this.#caller = caller
    this.#hub = hub
  }

  /** What nothing is missed while it stays the same: a stream misses nothing from the moment at which it was asked for. */
  get connection(): object | undefined {
    return this.#stream
  }

  wake(): void {
    if (this.#running) return
    const controller = new AbortController()
    this.#running = controller
    void this.#run(controller.signal)
  }

  /** The stream tells changes only: what has been before is asked for. Where it is not open yet, that is done once it is. */
  ask(ref: string): void {
    if (this.#running && this.#isConnected) void this.#catchUp([ref], this.#running.signal)
    else this.#toBeAsked.add(ref)
  }

  rest(): void {
    this.#running?.abort()
    this.#running = undefined
    this.#cut()
    this.#toBeAsked.clear()
  }

  #cut(): void {
    this.#stream = undefined
    this.#isConnected = false
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        this.#stream = {}
        const before = this.#refs()
        let known = this.#hub.lastOrder()
        for await (const message of this.#adapter.watch?.(this.#caller.context(signal)) ?? []) {
          if (signal.aborted) return
          failures = 0
          this.#take(message, known, before, signal)
          known = this.#hub.lastOrder()
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
      if (signal.aborted) return
      this.#cut()
      await delay(FIRST_PAUSE_IN_MS * 2 ** Math.min(failures - 1, 6), signal).catch(() => {})
    }
  }

  /**
   * `known` is the order of the youngest interest when the message began to be made: of a younger one a picture without it says nothing.
   * `before` are the refs of before the stream, of which it may have missed something.
   */
  #take(message: WatchMessage, known: number, before: ReadonlySet<string>, signal: AbortSignal): void {
    if (message.kind === 'observation') {
      for (const overtaken of this.#overtaken) overtaken.add(message.observation.ref)
      this.#hub.observe(message.observation)
      return
    }
    this.#isConnected = true
    const toBeAsked = [...this.#toBeAsked]
    this.#toBeAsked.clear()
    if (message.kind === 'connected') {
      const wanted = this.#refs()
      void this.#catchUp(
        [...new Set([...before, ...toBeAsked])].filter((ref) => wanted.has(ref)),
        signal,
      )
      return
    }
    const seen = new Set(message.observations.map(({ ref }) => ref))
    for (const observation of message.observations) this.#hub.observe(observation)
    const missing = [...this.#refs()].filter((ref) => !seen.has(ref))
    const expected = this.#refs(known)
    for (const ref of missing.filter((each) => expected.has(each))) {
      this.#hub.observe({ ref, phase: 'gone', containers: {}, addresses: [], events: [], evidence: [] })
    }
    void this.#catchUp(
      missing.filter((ref) => !expected.has(ref)),
      signal,
    )
  }

  /** The refs that are asked about, by interests up to that order. */
  #refs(upTo = Number.POSITIVE_INFINITY): Set<string> {
    const interests = this.#hub.interests().filter(({ order }) => order <= upTo)
    return new Set(interests.map(({ ref }) => ref))
  }

  async #catchUp(refs: readonly string[], signal: AbortSignal, asks = ASKS): Promise<void> {
    if (refs.length === 0 || asks === 0) return
    const overtaken = new Set<string>()
    this.#overtaken.add(overtaken)
    try {
      const observations = await askStates(refs, this.#adapter, this.#caller, signal)
      this.#overtaken.delete(overtaken)
      if (signal.aborted) return
      // What the stream said meanwhile may be younger than the answer, which must not undo it.
      for (const observation of observations) {
        if (!overtaken.has(observation.ref)) this.#hub.observe(observation)
      }
      void this.#catchUp(
        refs.filter((ref) => overtaken.has(ref)),
        signal,
        asks - 1,
      )
    } catch (error) {
      if (!signal.aborted) this.#hub.fail(error, refs)
    } finally {
      this.#overtaken.delete(overtaken)
    }
  }
}
