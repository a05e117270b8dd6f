/** Something that a node tells of a container or group. */
export interface GroupEvent {
  readonly name: string
  readonly message: string
  readonly type: 'Normal' | 'Warning'
}

interface CountedEvent extends GroupEvent {
  count: number
  firstInMs: number
  lastInMs: number
}

/** Events in the order in which each first happened. What happens again is counted, or told again. */
export class EventLog {
  readonly #isCoalesced: boolean
  readonly #events: CountedEvent[] = []

  constructor(isCoalesced: boolean) {
    this.#isCoalesced = isCoalesced
  }

  /** `atInMs` is on the clock of the node that tells it. */
  add(event: GroupEvent, atInMs: number): void {
    const known =
      this.#isCoalesced &&
      this.#events.find(({ name, message }) => name === event.name && message === event.message)
    if (known) {
      known.count += 1
      known.lastInMs = atInMs
    } else {
      this.#events.push({ ...event, count: 1, firstInMs: atInMs, lastInMs: atInMs })
    }
  }

  get isEmpty(): boolean {
    return this.#events.length === 0
  }

  render(): readonly object[] {
    return this.#events.map(({ count, firstInMs, lastInMs, name, message, type }) => ({
      count,
      firstTimestamp: wholeSeconds(firstInMs),
      lastTimestamp: wholeSeconds(lastInMs),
      name,
      message,
      type,
    }))
  }
}

/** `2019-10-21T11:43:06Z` */
export function wholeSeconds(atInMs: number): string {
  return `${new Date(atInMs).toISOString().slice(0, 19)}Z`
}
