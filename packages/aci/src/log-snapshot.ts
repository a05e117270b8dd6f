import type { LogLine } from '@berth/core'
import { dateOf } from './aci-time.ts'

/** One line as the service gave it. */
export interface SnapshotLine {
  /** With its time stamp: what tells whether it was read before. */
  readonly raw: string
  readonly line: LogLine
}

/** All that the service still has of a log at one moment. */
export interface LogSnapshot {
  readonly lines: readonly SnapshotLine[]
  /** Whether the last line is whole: more of it may come. */
  readonly isWhole: boolean
}

/** Reads a log as the service writes it: each line after its time and a space. */
export function readSnapshot(content: string, container: string): LogSnapshot {
  const isWhole = content === '' || content.endsWith('\n')
  const raws = content.split('\n')
  if (isWhole) raws.pop()
  const lines = raws.map((raw) => ({ raw, line: readLine(raw, container) }))
  // What was cut off before it has taken its time along: the rest of a line is no line.
  const isCut = lines[0]?.line.time === undefined && lines.some(({ line }) => line.time !== undefined)
  return { lines: isCut ? lines.slice(1) : lines, isWhole }
}

/**
 * How many of the lines of a snapshot were in one before. Each is a tail of the same growing log, so the old one's end is the new one's
 * beginning; the longest such overlap counts. None where all of the old one has been lost meanwhile, or a new log has begun.
 */
export function overlapOf(before: readonly SnapshotLine[], now: readonly SnapshotLine[]): number {
  for (let overlap = Math.min(before.length, now.length); overlap > 0; overlap -= 1) {
    const start = before.length - overlap
    if (!isSame(before[start], now[0])) continue
    if (now.slice(0, overlap).every((line, index) => isSame(line, before[start + index]))) return overlap
  }
  return 0
}

/** The service may tell the times of a log while its container runs, and no more once it has stopped. */
function isSame(one: SnapshotLine | undefined, other: SnapshotLine | undefined): boolean {
  if (one === undefined || other === undefined) return false
  if (one.line.time !== undefined && other.line.time !== undefined) return one.raw === other.raw
  return one.line.text === other.line.text
}

/** Whether a line is not older than what is asked for; one whose time is not told is. */
export function isWanted({ time }: LogLine, since: Date | undefined): boolean {
  return since === undefined || time === undefined || time >= since
}

function readLine(raw: string, container: string): LogLine {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ([\s\S]*)$/.exec(raw)
  const text = match?.[2] ?? raw
  const time = dateOf(match?.[1])
  return { container, stream: 'stdout', text, bytes: Buffer.from(text), ...(time && { time }) }
}
