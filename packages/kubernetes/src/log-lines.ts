import type { LogLine } from '@berth/core'
import { dateOf } from './kubernetes-time.ts'

/** A line as the node gives it, with its time, to the nanosecond: by the two it is known again when a log is read anew. */
export interface StampedLine {
  readonly line: LogLine
  readonly timestamp: string
  readonly identity: string
}

const NEWLINE = 0x0a
/** Runtimes write longer lines in pieces, and some nodes put a time before each piece. */
const PIECE_BYTES = 16 * 1024
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) /
const LONGEST_STAMP = 40
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true })

/** What a node says instead of the log of a container that it does not have any more. */
const GONE = /^unable to retrieve container logs for /

/** The lines of a log that was asked for with times. A log that is gone has none. The last counts too where nothing ends it. */
export async function* readLogLines(
  chunks: AsyncIterable<unknown>,
  container: string,
): AsyncGenerator<StampedLine> {
  let held: Buffer[] = []
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const raw = Buffer.concat([...held, chunk.subarray(start, end)])
      if (!isGone(raw)) yield stampedLine(raw, container)
      held = []
      start = end + 1
    }
    if (start < chunk.length) held.push(chunk.subarray(start))
  }
  const last = Buffer.concat(held)
  if (last.length > 0 && !isGone(last)) yield stampedLine(last, container)
}

function isGone(raw: Buffer): boolean {
  return GONE.test(raw.toString('latin1', 0, LONGEST_STAMP))
}

function stampedLine(raw: Buffer, container: string): StampedLine {
  const timestamp = stampAt(raw, 0)
  const bytes = timestamp === undefined ? raw : joinPieces(raw.subarray(timestamp.length + 1))
  const time = dateOf(timestamp)
  return {
    line: { container, stream: 'stdout', text: TEXT.decode(bytes), bytes, ...(time && { time }) },
    timestamp: timestamp ?? '',
    identity: raw.toString('latin1'),
  }
}

function joinPieces(content: Buffer): Buffer {
  if (content.length <= PIECE_BYTES) return content
  const pieces: Buffer[] = []
  let rest = content
  while (rest.length > PIECE_BYTES) {
    pieces.push(rest.subarray(0, PIECE_BYTES))
    const next = rest.subarray(PIECE_BYTES)
    const timestamp = stampAt(next, 0)
    rest = timestamp === undefined ? next : next.subarray(timestamp.length + 1)
  }
  return Buffer.concat([...pieces, rest])
}

function stampAt(bytes: Buffer, at: number): string | undefined {
  return STAMP.exec(bytes.toString('latin1', at, at + LONGEST_STAMP))?.[1]
}
