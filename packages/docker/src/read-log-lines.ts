import type { LogLine } from '@berth/core'
import { dateOf } from './docker-time.ts'
import type { LogEntry } from './engine/index.ts'

/** A line with the time at which the engine took it, to the nanosecond: what tells whether it was read before. */
export interface TimedLine {
  readonly line: LogLine
  readonly timestamp: string | undefined
}

interface Unfinished {
  readonly parts: Uint8Array[]
  readonly timestamp: string | undefined
}

const NEWLINE = 0x0a
const text = new TextDecoder('utf-8', { ignoreBOM: true })

/** Makes lines of log entries: the engine cuts lines over 16 KiB into several, and the two streams mix. */
export async function* readLogLines(
  entries: AsyncIterable<LogEntry>,
  container: string,
): AsyncGenerator<TimedLine> {
  const unfinished = new Map<LogLine['stream'], Unfinished>()
  const finish = (stream: LogLine['stream'], last: Uint8Array, timestamp: string | undefined): TimedLine => {
    const before = unfinished.get(stream)
    unfinished.delete(stream)
    const bytes = before ? Buffer.concat([...before.parts, last]) : last
    const time = dateOf(before?.timestamp ?? timestamp)
    return {
      line: { container, stream, text: text.decode(bytes), bytes, ...(time && { time }) },
      timestamp: before?.timestamp ?? timestamp,
    }
  }
  for await (const { stream, bytes, timestamp } of entries) {
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      yield finish(stream, bytes.subarray(start, end), timestamp)
      start = end + 1
    }
    if (start === bytes.length) continue
    const before = unfinished.get(stream)
    if (before) before.parts.push(bytes.subarray(start))
    else unfinished.set(stream, { parts: [bytes.subarray(start)], timestamp })
  }
  // A process may end without ending its line.
  for (const [stream, { timestamp }] of [...unfinished]) yield finish(stream, new Uint8Array(), timestamp)
}
