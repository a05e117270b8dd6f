import type { LogLine } from '../contract/log.ts'

/** Merges logs, each in order of time, into one. A line without a time goes first. */
export async function* mergeByTime(logs: readonly AsyncGenerator<LogLine>[]): AsyncGenerator<LogLine> {
  try {
    const heads = await Promise.all(logs.map(async (log) => ({ log, next: await log.next() })))
    for (;;) {
      const waiting = heads.filter(({ next }) => !next.done)
      const [first] = waiting.sort((one, other) => timeOf(one.next) - timeOf(other.next))
      if (first === undefined) return
      yield first.next.value as LogLine
      first.next = await first.log.next()
    }
  } finally {
    await Promise.allSettled(logs.map((log) => log.return(undefined)))
  }
}

function timeOf({ value }: IteratorResult<LogLine>): number {
  return (value as LogLine).time?.getTime() ?? 0
}
