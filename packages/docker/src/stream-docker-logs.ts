import { BerthError, type LogLine, type LogQuery, mergeAsTheyCome, mergeByTime } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { containerName, MAIN } from './docker-names.ts'
import { groupContainers } from './group-containers.ts'
import { mapDockerError } from './map-docker-error.ts'
import { streamContainerLog } from './stream-container-log.ts'

/** The log of one container of a run, or of all: by time what there is, as they come what follows. */
export async function* streamDockerLogs(
  host: DockerHost,
  ref: string,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  if (query.previous) {
    throw new BerthError({
      code: 'unsupported',
      message:
        'an engine keeps one log for all of a container’s runs; read it without previous, with since or tail',
    })
  }
  try {
    const { container = MAIN } = query
    if (container === '*') yield* allLogs(host, ref, query, signal)
    else yield* streamContainerLog(host, containerName(ref, container), container, query, signal)
  } catch (error) {
    throw signal.aborted ? signal.reason : mapDockerError(error, { ref })
  }
}

async function* allLogs(
  host: DockerHost,
  ref: string,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const containers = (await groupContainers(host, ref, signal)).filter(({ role }) => role !== 'network')
  if (query.follow) {
    yield* mergeAsTheyCome(signal, (ended) =>
      containers.map(({ id, name }) => streamContainerLog(host, id, name, query, ended)),
    )
    return
  }
  const lines = mergeByTime(
    containers.map(({ id, name }) => streamContainerLog(host, id, name, query, signal)),
  )
  if (query.tail === undefined) yield* lines
  else yield* (await Array.fromAsync(lines)).slice(-query.tail || Number.POSITIVE_INFINITY)
}
