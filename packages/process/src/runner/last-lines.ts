import { endsLine, type StoredLogRecord } from './log-format.ts'

/**
 * Keeps the last lines of a log while the whole of it goes by. A line that came in parts counts once, also when another
 * stream wrote between.
 */
export class LastLines {
  readonly #count: number
  /** The line that each source has begun and not ended. */
  readonly #openLines = new Map<string, number>()
  #kept: { readonly record: StoredLogRecord; readonly line: number }[] = []
  #lineCount = 0
  #pruneAt = 1024

  constructor(count: number) {
    this.#count = count
  }

  add(records: readonly StoredLogRecord[]): void {
    for (const record of records) this.#kept.push({ record, line: this.#lineOf(record) })
    if (this.#kept.length < this.#pruneAt) return
    this.#prune()
    this.#pruneAt = Math.max(1024, this.#kept.length * 2)
  }

  records(): StoredLogRecord[] {
    this.#prune()
    return this.#kept.map(({ record }) => record)
  }

  #lineOf(record: StoredLogRecord): number {
    const source = `${record.containerIndex} ${record.stream} ${record.instance}`
    const line = this.#openLines.get(source) ?? ++this.#lineCount
    if (endsLine(record.bytes)) this.#openLines.delete(source)
    else this.#openLines.set(source, line)
    return line
  }

  #prune(): void {
    this.#kept = this.#kept.filter(({ line }) => line > this.#lineCount - this.#count)
  }
}
