import type { AdapterCaller } from '../call/adapter-caller.ts'
import type { Adapter } from '../contract/adapter.ts'
import type { ObservationHub } from './observation-hub.ts'
import type { Urgency } from './observer.ts'

/** Whole-second polling never narrows a clock's offset; jitter does (docs/timeline). */
const JITTER = 0.4
/** Refs due within this part of an interval ride along in the same call. */
const RIDE_ALONG = 0.3

/** Learns states by asking: all due runs in as few calls as the cloud's batch size allows. */
export class Poller {
  readonly #adapter: Adapter
  readonly #caller: AdapterCaller
  readonly #hub: ObservationHub
  readonly #dueAt = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #running: AbortController | undefined
  #polling = false

  constructor(adapter: Adapter, caller: AdapterCaller, hub: ObservationHub) {
    this.#adapter = adapter
    this.#caller = caller
    this.#hub = hub
  }

  /** Somebody new wants to know, or wants to know sooner. */
  wake(): void {
    this.#running ??= new AbortController()
    this.#schedule()
  }

  rest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#running?.abort()
    this.#running = undefined
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
    if (this.#polling || this.#running === undefined) return
    clearTimeout(this.#timer)
    const urgencies = this.#urgencies()
    for (const ref of this.#dueAt.keys()) if (!urgencies.has(ref)) this.#dueAt.delete(ref)
    const now = performance.now()
    for (const [ref, urgency] of urgencies) {
      const latest = now + this.#interval(urgency)
      const due = this.#dueAt.get(ref)
      if (due === undefined || due > latest) this.#dueAt.set(ref, latest)
    }
    if (this.#dueAt.size === 0) return
    const first = Math.min(...this.#dueAt.values())
    this.#timer = setTimeout(() => void this.#poll(), Math.max(0, first - now))
  }

  async #poll(): Promise<void> {
    const signal = this.#running?.signal
    if (signal === undefined) return
    const urgencies = this.#urgencies()
    const now = performance.now()
    const horizon = now + (this.#adapter.pacing?.startIntervalInMs ?? 1_000) * RIDE_ALONG
    const due = [...this.#dueAt].filter(([, at]) => at <= horizon).map(([ref]) => ref)
    const size = this.#adapter.pacing?.batchSize ?? 1
    const batches = Array.from({ length: Math.ceil(due.length / size) }, (_, index) =>
      due.slice(index * size, (index + 1) * size),
    )
    this.#polling = true
    for (const ref of due) this.#dueAt.set(ref, now + this.#interval(urgencies.get(ref) ?? 'steady'))
    await Promise.all(batches.map((batch) => this.#pollBatch(batch, signal)))
    this.#polling = false
    this.#schedule()
  }

  async #pollBatch(refs: readonly string[], signal: AbortSignal): Promise<void> {
    try {
      const observations = await this.#caller.call(
        'poll',
        async (context) => (await this.#adapter.poll?.(refs, context)) ?? [],
        signal,
      )
      for (const observation of observations) {
        if (signal.aborted) return
        const { ref, nextChangeInMs } = observation
        if (nextChangeInMs !== undefined && this.#dueAt.has(ref)) {
          this.#dueAt.set(ref, performance.now() + nextChangeInMs * (1 - JITTER * Math.random()))
        }
        this.#hub.observe(observation)
      }
    } catch (error) {
      if (!signal.aborted) this.#hub.fail(error)
    }
  }
}
