import { closeSync, openSync, writeSync } from 'node:fs'
import { encodeLogRecords, type StoredLogRecord } from '../log-format.ts'
import { messageOf } from '../runner-error.ts'

/** Appends the containers' output to the group's log file and tells who follows it. */
export class LogWriter {
  readonly #descriptor: number
  readonly #listeners = new Set<() => void>()
  readonly #onLoss: (message: string) => void
  #size = 0
  #told = true
  #losing = false

  constructor(path: string, onLoss: (message: string) => void) {
    this.#descriptor = openSync(path, 'a', 0o600)
    this.#onLoss = onLoss
  }

  /** How many bytes of whole records the file has. */
  get size(): number {
    return this.#size
  }

  /** Writes at once: what a container said before it ended is in the file before its end is told. */
  append(record: Omit<StoredLogRecord, 'bytes'>, chunk: Uint8Array): void {
    const bytes = encodeLogRecords(record, chunk)
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written)
      this.#size += bytes.length
      this.#losing = false
    } catch (error) {
      // A full disk must not stop the container; it is told once until writing works again.
      if (!this.#losing) this.#onLoss(`output is lost: ${messageOf(error)}`)
      this.#losing = true
    }
    this.tell()
  }

  /** Calls the followers once for all that happens in this turn of the event loop. */
  tell(): void {
    if (!this.#told) return
    this.#told = false
    setImmediate(() => {
      this.#told = true
      for (const listener of this.#listeners) listener()
    })
  }

  follow(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}
