import type { LogLine } from '../contract/log.ts'

const LINE_FEED = 0x0a
/** A byte order mark is the program's own, and stays. */
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true })

/** A piece of output as a cloud hands it over: any number of bytes, in which lines begin and end anywhere. */
export interface LogChunk {
  readonly container: string
  readonly stream: 'stdout' | 'stderr'
  /** When the cloud took the bytes; a line has the time of its first piece. */
  readonly time?: Date | undefined
  readonly bytes: Uint8Array
}

interface OpenLine {
  readonly container: string
  readonly stream: 'stdout' | 'stderr'
  readonly time: Date | undefined
  readonly pieces: Uint8Array[]
}

/** Makes whole lines of pieces of output, each container and stream for itself. For adapters whose cloud hands over bytes. */
export class LineSplitter {
  readonly #open = new Map<string, OpenLine>()

  /** The lines that end within the chunk. */
  push(chunk: LogChunk): LogLine[] {
    const lines: LogLine[] = []
    const key = `${chunk.stream} ${chunk.container}`
    let start = 0
    while (start < chunk.bytes.length) {
      const end = chunk.bytes.indexOf(LINE_FEED, start)
      const piece = chunk.bytes.subarray(start, end === -1 ? chunk.bytes.length : end)
      const line = this.#open.get(key) ?? {
        container: chunk.container,
        stream: chunk.stream,
        time: chunk.time,
        pieces: [],
      }
      line.pieces.push(piece)
      if (end === -1) {
        this.#open.set(key, line)
        break
      }
      this.#open.delete(key)
      lines.push(closed(line))
      start = end + 1
    }
    return lines
  }

  /** The last lines, which no line end closed; call it when no more comes. */
  end(): LogLine[] {
    const lines = [...this.#open.values()].map(closed)
    this.#open.clear()
    return lines
  }
}

function closed({ container, stream, time, pieces }: OpenLine): LogLine {
  const [only] = pieces
  const bytes = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces)
  return { container, stream, time, text: TEXT.decode(bytes), bytes }
}
