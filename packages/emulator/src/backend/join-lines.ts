import type { LogRecord } from './backend.ts'

/** A piece of output as it was written and read: at most one line, whose `\n` is its last byte. */
export interface OutputPiece {
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Uint8Array
}

const newline = 0x0a

/**
 * Puts pieces together to lines, in the order in which the lines were completed. What there is of a line at the end is given only where
 * `isOver` then says that nothing more will come: a reader who comes back shall find the whole line.
 */
export async function* joinLines(
  pieces: AsyncIterable<OutputPiece>,
  isOver: () => boolean,
): AsyncGenerator<LogRecord> {
  const begun = new Map<OutputPiece['stream'], OutputPiece[]>()
  for await (const piece of pieces) {
    const parts = [...(begun.get(piece.stream) ?? []), piece]
    if (piece.bytes.at(-1) === newline) {
      begun.delete(piece.stream)
      yield toRecord(parts, true)
    } else begun.set(piece.stream, parts)
  }
  if (isOver()) for (const parts of begun.values()) yield toRecord(parts, false)
}

function toRecord(parts: readonly OutputPiece[], ended: boolean): LogRecord {
  const bytes = Buffer.concat(parts.map((part) => part.bytes))
  const { at = 0, stream = 'stdout' } = parts.at(-1) ?? {}
  return { at, stream, line: ended ? bytes.subarray(0, -1) : bytes, ended }
}
