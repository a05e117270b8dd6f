import type { LogLine, LogQuery } from '../contract/log.ts'
import { BerthError } from '../errors/berth-error.ts'
import type { RunServices } from './run-services.ts'

/** A run's log by the adapter; `limit` is counted here, once for all. */
export async function* streamLogs(
  ref: string,
  services: RunServices,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const { adapter, caller, provider } = services
  if (adapter.logs === undefined) {
    throw new BerthError({ code: 'unsupported', message: `${provider} has no logs`, provider })
  }
  signal.throwIfAborted()
  let left = query.limit ?? Number.POSITIVE_INFINITY
  if (left <= 0) return
  try {
    for await (const line of adapter.logs(ref, query, caller.context(signal))) {
      signal.throwIfAborted()
      yield line
      left -= 1
      if (left <= 0) return
    }
    signal.throwIfAborted()
  } catch (error) {
    throw caller.complete('logs', error, signal)
  }
}
