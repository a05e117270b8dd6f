import { type CallContext, LineSplitter, type LogLine, type LogQuery } from '@berth/core'
import { mapProcessError } from './map-process-error.ts'
import type { ProcessRunner } from './runner/index.ts'

/** A group's output as lines. */
export async function* streamProcessLogs(
  runner: ProcessRunner,
  ref: string,
  query: LogQuery,
  { signal }: CallContext,
): AsyncGenerator<LogLine> {
  const { container = 'main', follow, since, tail, previous } = query
  const splitter = new LineSplitter()
  try {
    const records = runner.logs(ref, {
      container: container === '*' ? undefined : container,
      follow,
      sinceInUs: since && since.getTime() * 1_000,
      tail,
      previous,
      signal,
    })
    for await (const { timeInUs, ...record } of records) {
      yield* splitter.push({ ...record, time: new Date(timeInUs / 1_000) })
    }
    yield* splitter.end()
  } catch (error) {
    throw mapProcessError(error, 'logs', signal)
  }
}
