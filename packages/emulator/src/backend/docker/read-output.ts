import { type EngineClient, EngineError, type LogEntry } from '@berth/docker/engine'
import type { OutputPiece } from '../join-lines.ts'
import { parseEngineTime, toUnixSeconds } from './engine-time.ts'

/** Which output, and how far. */
export interface OutputQuery {
  readonly tty: boolean
  readonly follow: boolean
  readonly signal?: AbortSignal | undefined
}

/** The output of a container as the engine has kept it, byte for byte, whether it is read at once or as it comes. */
export async function* readOutput(
  engine: EngineClient,
  id: string,
  { tty, follow, signal }: OutputQuery,
): AsyncGenerator<OutputPiece> {
  const position = new LogPosition()
  const cutLines = new CutLines()
  const read = (live: boolean) =>
    engine.containers.logs(id, { tty, follow: live, since: position.since, timestamps: true, signal })
  try {
    for await (const entry of await read(follow)) {
      position.pass(entry)
      yield toPiece(cutLines.mend(entry))
    }
    if (!follow) return
    // A log that is followed may end before the last words of its container, which are there once that has ended.
    await engine.containers.wait(id, { signal })
    position.reopen()
    for await (const entry of await read(false)) if (position.pass(entry)) yield toPiece(cutLines.mend(entry))
  } catch (error) {
    // The log of what is removed is at its end.
    if (!(EngineError.isInstance(error) && (error.status === 404 || error.status === 409))) throw error
  }
}

function toPiece({ timestamp, stream, bytes }: LogEntry): OutputPiece {
  return { at: parseEngineTime(timestamp) ?? Date.now(), stream, bytes }
}

/** How far a log was read: it is opened again at the time of its last entry, and entries of that very time are not given twice. */
class LogPosition {
  #last: string | undefined
  #countAtLast = 0
  #toSkip = 0

  get since(): string | undefined {
    return this.#last && toUnixSeconds(this.#last)
  }

  reopen(): void {
    this.#toSkip = this.#countAtLast
  }

  /** Whether the entry is new. */
  pass({ timestamp }: LogEntry): boolean {
    if (timestamp === this.#last && this.#toSkip > 0) {
      this.#toSkip -= 1
      return false
    }
    this.#countAtLast = timestamp === this.#last ? this.#countAtLast + 1 : 1
    this.#last = timestamp
    return true
  }
}

/** The engine cuts lines into entries of this length, all with the time of the first. */
const cutLength = 16_384

/**
 * The log driver `local` of older engines forgets the newline after a line that was cut. An entry that goes on with one before it and is
 * not cut itself is that line's end. (Output that ends within such a long line is taken for ended by a newline.)
 */
class CutLines {
  readonly #cut = new Map<LogEntry['stream'], string | undefined>()

  mend(entry: LogEntry): LogEntry {
    const { stream, timestamp, bytes } = entry
    const continues = timestamp !== undefined && this.#cut.get(stream) === timestamp
    if (bytes.at(-1) === newline || (bytes.length < cutLength && !continues)) {
      this.#cut.delete(stream)
      return entry
    }
    if (bytes.length >= cutLength) {
      this.#cut.set(stream, timestamp)
      return entry
    }
    this.#cut.delete(stream)
    return { ...entry, bytes: Buffer.concat([bytes, Buffer.of(newline)]) }
  }
}

const newline = 0x0a
