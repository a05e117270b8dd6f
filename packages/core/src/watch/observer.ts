import type { AdapterCaller } from '../call/adapter-caller.ts'
import type { Adapter } from '../contract/adapter.ts'
import type { Observation } from '../contract/observation.ts'
import { Poller } from './poller.ts'
import { Watcher } from './watcher.ts'

/** Who hears of one run. */
export interface ObservationListener {
  observe(observation: Observation): void
  /** The cloud can no longer be asked: nothing more will come. */
  fail(error: unknown): void
}

/** How eagerly a run is asked about: while it starts, or while it only has to be noticed that it ends. */
export type Urgency = 'starting' | 'steady'

export interface Subscription {
  setUrgency(urgency: Urgency): void
  close(): void
}

/** What the ways of learning states (watch, poll) are told about who wants to know. */
export interface Interest {
  readonly ref: string
  readonly listener: ObservationListener
  /** Counts up: a younger interest has a higher one. */
  readonly order: number
  urgency: Urgency
}

/** A creating call under way. */
export interface Expectation {
  /** Whether nothing that was said since it began can have been missed. */
  readonly unbroken: boolean
  end(): void
}

/** How many observations of runs that nobody knows yet are kept while a create is under way, and how many of each. */
const EARLY_LIMIT = 1_000
const EARLY_LIMIT_OF_EACH = 100

/**
 * The one way in which all runs of a provider learn their states: one watch, or one batched poller. It works while somebody wants to
 * know, and lets the process end when nobody does.
 */
export class Observer {
  readonly #interests = new Map<string, Set<Interest>>()
  /** A watch can speak of a run before the creating call has told us its ref. */
  readonly #early = new Map<string, Observation[]>()
  readonly #source: Watcher | Poller
  #creating = 0
  #lastOrder = 0

  constructor(adapter: Adapter, caller: AdapterCaller) {
    const hub = {
      lastOrder: () => this.#lastOrder,
      interests: () => [...this.#interests.values()].flatMap((interests) => [...interests]),
      observe: (observation: Observation) => this.#observe(observation),
      fail: (error: unknown, refs?: readonly string[]) => this.#fail(error, refs),
    }
    this.#source = adapter.watch ? new Watcher(adapter, caller, hub) : new Poller(adapter, caller, hub)
  }

  /** Begins to listen for a run whose ref is not known yet: what a watch says of it meanwhile is kept until its first subscription. */
  expect(): Expectation {
    this.#creating += 1
    this.#source.wake()
    const source = this.#source
    const { connection } = source
    return {
      get unbroken() {
        return connection !== undefined && source.connection === connection
      },
      end: () => {
        this.#creating -= 1
        if (this.#creating === 0) this.#early.clear()
        this.#rest()
      },
    }
  }

  /** @param isCurrent whether the listener knows the run's state as of now: else the cloud is asked, for a watch tells changes only. */
  subscribe(ref: string, urgency: Urgency, listener: ObservationListener, isCurrent: boolean): Subscription {
    this.#lastOrder += 1
    const interest: Interest = { ref, listener, order: this.#lastOrder, urgency }
    const interests = this.#interests.get(ref) ?? new Set()
    interests.add(interest)
    this.#interests.set(ref, interests)
    for (const observation of this.#early.get(ref) ?? []) listener.observe(observation)
    this.#early.delete(ref)
    this.#source.wake()
    if (!isCurrent) this.#source.ask(ref)
    return {
      setUrgency: (next) => {
        if (interest.urgency === next) return
        interest.urgency = next
        this.#source.wake()
      },
      close: () => {
        interests.delete(interest)
        if (interests.size === 0 && this.#interests.get(ref) === interests) this.#interests.delete(ref)
        this.#rest()
      },
    }
  }

  /** Tells whoever still waits that nothing more will come. */
  close(reason: unknown): void {
    this.#fail(reason)
    this.#interests.clear()
    this.#source.rest()
  }

  #rest(): void {
    if (this.#creating === 0 && this.#interests.size === 0) this.#source.rest()
  }

  #observe(observation: Observation): void {
    const interests = this.#interests.get(observation.ref)
    if (interests) {
      for (const { listener } of [...interests]) listener.observe(observation)
      return
    }
    if (this.#creating === 0) return
    const early = this.#early.get(observation.ref) ?? []
    early.push(observation)
    if (early.length > EARLY_LIMIT_OF_EACH) early.shift()
    this.#early.set(observation.ref, early)
    const oldest = this.#early.keys().next().value
    if (this.#early.size > EARLY_LIMIT && oldest !== undefined) this.#early.delete(oldest)
  }

  #fail(error: unknown, refs: readonly string[] = [...this.#interests.keys()]): void {
    for (const ref of refs) {
      for (const { listener } of [...(this.#interests.get(ref) ?? [])]) listener.fail(error)
    }
  }
}
