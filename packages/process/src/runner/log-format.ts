/** One piece of a container's output: a line with its end, or the part of one that came so far. */
export interface LogRecord {
  readonly container: string
  readonly stream: 'stdout' | 'stderr'
  /** When the supervisor read it, in microseconds since 1970. */
  readonly timeInUs: number
  /** Which run of the container wrote it: 0 for the first, 1 after the first restart. */
  readonly instance: number
  /** The bytes exactly as written. */
  readonly bytes: Uint8Array
}

/** A record as it stands in the file: the container by its place among init containers and containers. */
export interface StoredLogRecord extends Omit<LogRecord, 'container'> {
  readonly containerIndex: number
}

// length (4), container (1), stream (1), instance (2), microseconds (8). A double holds those exactly until 2255.
const headerLength = 16
const lineFeed = 0x0a

/** The bytes of the records of one chunk of output: cut after each line's end, all with the same time. */
export function encodeLogRecords(record: Omit<StoredLogRecord, 'bytes'>, chunk: Uint8Array): Buffer {
  const parts: Uint8Array[] = []
  let start = 0
  while (start < chunk.length) {
    const lineEnd = chunk.indexOf(lineFeed, start)
    const end = lineEnd === -1 ? chunk.length : lineEnd + 1
    const header = Buffer.allocUnsafe(headerLength)
    header.writeUInt32BE(end - start, 0)
    header.writeUInt8(record.containerIndex, 4)
    header.writeUInt8(record.stream === 'stdout' ? 1 : 2, 5)
    header.writeUInt16BE(Math.min(record.instance, 0xffff), 6)
    header.writeDoubleBE(record.timeInUs, 8)
    parts.push(header, chunk.subarray(start, end))
    start = end
  }
  return Buffer.concat(parts)
}

export function endsLine(bytes: Uint8Array): boolean {
  return bytes.at(-1) === lineFeed
}

/** Puts the bytes of a log file back into records; a record cut short at the end waits for its rest. */
export class LogDecoder {
  #pending: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): StoredLogRecord[] {
    let rest = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    const records: StoredLogRecord[] = []
    while (rest.length >= headerLength) {
      const end = headerLength + rest.readUInt32BE(0)
      if (rest.length < end) break
      records.push({
        containerIndex: rest.readUInt8(4),
        stream: rest.readUInt8(5) === 1 ? 'stdout' : 'stderr',
        instance: rest.readUInt16BE(6),
        timeInUs: rest.readDoubleBE(8),
        bytes: rest.subarray(headerLength, end),
      })
      rest = rest.subarray(end)
    }
    this.#pending = rest
    return records
  }
}
