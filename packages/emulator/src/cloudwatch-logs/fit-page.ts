import type { LogEvent } from './log-stream.ts'

const MOST_BYTES = 1_048_576
/** Counted for each event beside its text. */
const EVENT_BYTES = 26

/** As many events as fit into one page: 1 MB, or the limit. */
export function fitPage<Event extends LogEvent>(
  events: readonly Event[],
  { limit, from }: { readonly limit: number; readonly from: 'start' | 'end' },
): readonly Event[] {
  const ordered = from === 'start' ? events : events.toReversed()
  let bytes = 0
  let count = 0
  for (const { message } of ordered.slice(0, limit)) {
    bytes += Buffer.byteLength(message) + EVENT_BYTES
    if (bytes > MOST_BYTES && count > 0) break
    count += 1
  }
  const fitting = ordered.slice(0, count)
  return from === 'start' ? fitting : fitting.toReversed()
}
