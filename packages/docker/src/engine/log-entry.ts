import { demultiplex } from './demultiplex.ts'

/** One message of a container's log. */
export interface LogEntry {
  readonly stream: 'stdout' | 'stderr'
  /** As written, mostly a line with its newline; a line over 16 KiB comes in several entries. */
  readonly bytes: Uint8Array
  /** When the engine read it: RFC 3339 with nanoseconds, where asked for. */
  readonly timestamp?: string
}

const space = 0x20
const newline = 0x0a
// 2026-11-23T16:23:51.123456789Z, or with an offset
const longestTimestamp = 40

/**
 * Reads a log. A terminal's has no frames: it comes in pieces as they arrive, and by lines where each has its time.
 */
export async function* readLogEntries(
  chunks: AsyncIterable<Uint8Array>,
  { raw, timestamps }: { readonly raw: boolean; readonly timestamps: boolean },
): AsyncGenerator<LogEntry, void> {
  if (!raw) {
    for await (const part of demultiplex(chunks))
      yield timestamps ? { ...part, ...splitTimestamp(part.bytes) } : part
    return
  }
  for await (const bytes of timestamps ? rawLines(chunks) : chunks) {
    yield { stream: 'stdout', ...(timestamps ? splitTimestamp(bytes) : { bytes }) }
  }
}

function splitTimestamp(bytes: Uint8Array): { bytes: Uint8Array; timestamp?: string } {
  const end = bytes.subarray(0, longestTimestamp).indexOf(space)
  const first = end === -1 ? '' : Buffer.from(bytes.subarray(0, end)).toString('latin1')
  return /^\d{4}-\d\d-\d\dT/.test(first) ? { timestamp: first, bytes: bytes.subarray(end + 1) } : { bytes }
}

async function* rawLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let held: Uint8Array[] = []
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      yield Buffer.concat([...held, chunk.subarray(start, end + 1)])
      held = []
      start = end + 1
    }
    if (start < chunk.length) held.push(chunk.subarray(start))
  }
  if (held.length > 0) yield Buffer.concat(held)
}
