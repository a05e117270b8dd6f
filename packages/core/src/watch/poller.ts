import type { AdapterCaller } from '../call/adapter-caller.ts'
import type { Adapter } from '../contract/adapter.ts'
import { BerthError } from '../errors/berth-error.ts'
import { inBatches } from './ask-states.ts'
import type { ObservationHub } from './observation-hub.ts'
import type { Urgency } from './observer.ts'

/** Whole-second polling never narrows a clock's offset; jitter does (docs/timeline). */
const JITTER = 0.4
/** Refs due within this part of an interval ride along in the same call. */
const RIDE_ALONG = 0.3
/** A cloud that does not answer for so long is given up. One that asks us to wait is not. */
const OUTAGE_LIMIT_IN_MS = 60_000

/** Learns states by asking: all due runs in as few calls as the cloud's batch size allows. */
export class Poller {
  /** Each answer is a whole picture, so that nothing is ever missed. */
  readonly connection: object | undefined = {}
  readonly #adapter: Adapter
  readonly #caller: AdapterCaller
  readonly #hub: ObservationHub
  readonly #dueAt = new Map<string, number>()
  /** Refs whose answer is awaited: one that is late keeps nobody else waiting. */
  #asked = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #running: AbortController | undefined
  #answeredAt = 0

  constructor(adapter: Adapter, caller: AdapterCaller, hub: ObservationHub) {
    this.#adapter = adapter
    this.#caller = caller
    this.#hub = hub
  }

  /** Somebody new wants to know, or wants to know sooner. */
  wake(): void {
    if (this.#running === undefined) {
      this.#running = new AbortController()
      this.#answeredAt = performance.now()
    }
    this.#schedule()
  }

  /** Somebody knows nothing of it yet, or nothing new: its turn is now. */
  ask(ref: string): void {
    this.#dueAt.set(ref, performance.now())
    this.#schedule()
  }

  rest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#running?.abort()
    this.#running = undefined
    this.#asked = new Set()
    this.#dueAt.clear()
  }

  #interval(urgency: Urgency): number {
    const { startIntervalInMs = 1_000, steadyIntervalInMs = 10_000 } = this.#adapter.pacing ?? {}
    const mean = urgency === 'starting' ? startIntervalInMs : steadyIntervalInMs
    return mean * (1 - JITTER + 2 * JITTER * Math.random())
  }

  /** The eager one decides where several wait for the same run. */
  #urgencies(): Map<string, Urgency> {
    const urgencies = new Map<string, Urgency>()
    for (const { ref, urgency } of this.#hub.interests()) {
      if (urgencies.get(ref) !== 'starting') urgencies.set(ref, urgency)
    }
    return urgencies
  }

  #schedule(): void {
    if (this.#running === undefined) return
    clearTimeout(this.#timer)
    const urgencies = this.#urgencies()
    for (const ref of this.#dueAt.keys()) if (!urgencies.has(ref)) this.#dueAt.delete(ref)
    const now = performance.now()
    let first = Number.POSITIVE_INFINITY
    for (const [ref, urgency] of urgencies) {
      if (this.#asked.has(ref)) continue
      const due = Math.min(this.#dueAt.get(ref) ?? Number.POSITIVE_INFINITY, now + this.#interval(urgency))
      this.#dueAt.set(ref, due)
      first = Math.min(first, due)
    }
    if (first === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => this.#poll(), Math.max(0, first - now))
  }

  #poll(): void {
    const signal = this.#running?.signal
    if (signal === undefined) return
    const horizon = performance.now() + (this.#adapter.pacing?.startIntervalInMs ?? 1_000) * RIDE_ALONG
    const due = [...this.#dueAt]
      .filter(([ref, at]) => at <= horizon && !this.#asked.has(ref))
      .map(([ref]) => ref)
    for (const batch of inBatches(due, this.#adapter.pacing?.batchSize ?? 1)) {
      void this.#pollBatch(batch, signal)
    }
    this.#schedule()
  }

  async #pollBatch(refs: readonly string[], signal: AbortSignal): Promise<void> {
    const urgencies = this.#urgencies()
    const now = performance.now()
    for (const ref of refs) {
      this.#asked.add(ref)
      this.#dueAt.set(ref, now + this.#interval(urgencies.get(ref) ?? 'steady'))
    }
    try {
      const observations = await this.#caller.call(
        'poll',
        async (context) => (await this.#adapter.poll?.(refs, context)) ?? [],
        signal,
      )
      if (signal.aborted) return
      this.#answeredAt = performance.now()
      for (const observation of observations) {
        const { ref, nextChangeInMs } = observation
        if (nextChangeInMs !== undefined && this.#dueAt.has(ref)) {
          this.#dueAt.set(ref, performance.now() + nextChangeInMs * (1 - JITTER * Math.random()))
        }
        this.#hub.observe(observation)
        if (signal.aborted) return
      }
    } catch (error) {
      if (!signal.aborted && !this.#willPass(error)) this.#hub.fail(error, refs)
    }
    if (signal.aborted) return
    for (const ref of refs) this.#asked.delete(ref)
    this.#schedule()
  }

  /** Whether to ask again at the next turn instead of giving up: a wait of many minutes must not end with the first answer that is lost. */
  #willPass(error: unknown): boolean {
    if (!BerthError.isInstance(error) || !error.retryable) return false
    return error.code === 'rate-limited' || performance.now() - this.#answeredAt < OUTAGE_LIMIT_IN_MS
  }
}
