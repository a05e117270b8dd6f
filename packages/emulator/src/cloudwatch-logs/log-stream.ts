import { realNow } from '../clock/real-time.ts'

/** One line, as it was put. */
export interface LogEvent {
  /** By the clock of the machine that wrote it, in whole milliseconds. */
  readonly timestamp: number
  readonly message: string
  readonly ingestionTime: number
  /** From when on it is told, in real milliseconds since the epoch. */
  readonly shownAt: number
  /** Its place in its stream. */
  readonly index: number
}

export interface LogStreamParts {
  readonly name: string
  readonly arn: string
  /** The service's time in milliseconds since the epoch. */
  readonly now: () => number
  /** Real milliseconds. */
  readonly ingestionDelayInMs: number
}

/** The events of one source, in the order in which they came. */
export class LogStream {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  readonly #parts: LogStreamParts
  readonly #events: LogEvent[] = []

  constructor(parts: LogStreamParts) {
    this.name = parts.name
    this.arn = parts.arn
    this.createdAt = parts.now()
    this.#parts = parts
  }

  add({ timestamp, message }: { readonly timestamp: number; readonly message: string }): void {
    const { now, ingestionDelayInMs } = this.#parts
    // The service takes no empty event, and neither does the driver send one.
    if (message === '') return
    this.#events.push({
      timestamp: Math.floor(timestamp),
      message,
      ingestionTime: Math.floor(now() + ingestionDelayInMs),
      shownAt: realNow() + ingestionDelayInMs,
      index: this.#events.length,
    })
  }

  /** What is told of it by now. */
  events(): readonly LogEvent[] {
    const now = realNow()
    const firstLate = this.#events.findIndex(({ shownAt }) => shownAt > now)
    return firstLate < 0 ? this.#events : this.#events.slice(0, firstLate)
  }
}
