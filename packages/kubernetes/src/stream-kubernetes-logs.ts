import { type CallContext, type LogLine, type LogQuery, mergeAsTheyCome, mergeByTime } from '@berth/core'
import { getPod } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { MAIN } from './kubernetes-names.ts'
import { streamContainerLog } from './stream-container-log.ts'

/** The log of one container of a run, or of all: by time what there is, as they come what follows. */
export async function* streamKubernetesLogs(
  host: KubernetesHost,
  ref: string,
  query: LogQuery,
  context: CallContext,
): AsyncGenerator<LogLine> {
  const { container = MAIN } = query
  if (container !== '*') {
    yield* streamContainerLog(host, ref, container, query, context)
    return
  }
  const pod = (await getPod(host, ref, context))?.object
  const names = [...(pod?.spec.initContainers ?? []), ...(pod?.spec.containers ?? [])].map(({ name }) => name)
  // Where there is no Pod, asking for its log says so.
  const all = names.length > 0 ? names : [MAIN]
  if (query.follow) {
    yield* mergeAsTheyCome(context.signal, (signal) =>
      all.map((name) => streamContainerLog(host, ref, name, query, { ...context, signal })),
    )
    return
  }
  const lines = mergeByTime(all.map((name) => streamContainerLog(host, ref, name, query, context)))
  if (query.tail === undefined) yield* lines
  else yield* (await Array.fromAsync(lines)).slice(-query.tail || Number.POSITIVE_INFINITY)
}
