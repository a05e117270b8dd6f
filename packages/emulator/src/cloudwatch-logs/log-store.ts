import { LogStream } from './log-stream.ts'

export interface LogStoreParts {
  readonly region: string
  readonly accountId: string
  readonly now: () => number
  /** Real milliseconds. */
  readonly ingestionDelayInMs: number
}

/** A group of streams. */
export class LogGroup {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  readonly tags: Map<string, string>
  readonly streams = new Map<string, LogStream>()
  retentionInDays: number | null = null
  readonly #parts: LogStoreParts

  constructor(name: string, tags: ReadonlyMap<string, string>, parts: LogStoreParts) {
    this.name = name
    this.arn = `arn:aws:logs:${parts.region}:${parts.accountId}:log-group:${name}`
    this.createdAt = parts.now()
    this.tags = new Map(tags)
    this.#parts = parts
  }

  ensureStream(name: string): LogStream {
    const stream =
      this.streams.get(name) ?? new LogStream({ ...this.#parts, name, arn: `${this.arn}:log-stream:${name}` })
    this.streams.set(name, stream)
    return stream
  }
}

/** The log groups of one region. */
export class LogStore {
  readonly #parts: LogStoreParts
  readonly #groups = new Map<string, LogGroup>()

  constructor(parts: LogStoreParts, groups: readonly string[] = []) {
    this.#parts = parts
    for (const name of groups) this.ensureGroup(name)
  }

  /** By name or ARN. */
  group(identifier: string): LogGroup | undefined {
    const name = identifier.replace(/^arn:aws:logs:[^:]*:\d*:log-group:/, '').replace(/:\*$/, '')
    return this.#groups.get(name)
  }

  ensureGroup(name: string, tags: ReadonlyMap<string, string> = new Map()): LogGroup {
    const group = this.#groups.get(name) ?? new LogGroup(name, tags, this.#parts)
    this.#groups.set(name, group)
    return group
  }

  delete(group: LogGroup): void {
    this.#groups.delete(group.name)
  }

  /** By name. */
  all(): readonly LogGroup[] {
    return [...this.#groups.values()].sort((left, right) => (left.name < right.name ? -1 : 1))
  }
}
