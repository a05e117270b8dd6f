import { setTimeout as sleep } from 'node:timers/promises'
import { BerthError, type Metrics } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { timeInMicros } from './docker-time.ts'
import type { ContainerStats } from './engine/index.ts'
import { groupContainers } from './group-containers.ts'

/** The time over which processor use is averaged. */
const WINDOW_IN_MS = 500

/** What the containers of a run use together. What does not run uses nothing. */
export async function readDockerMetrics(
  host: DockerHost,
  ref: string,
  signal: AbortSignal,
): Promise<Metrics> {
  const containers = await groupContainers(host, ref, signal)
  if (containers.length === 0) {
    throw new BerthError({ code: 'not-found', message: `${ref} is not there any more, so it uses nothing` })
  }
  const measure = () =>
    Promise.all(
      containers
        .filter(({ summary }) => summary.State === 'running')
        .map(({ id }) => host.engine.containers.stats(id, { signal })),
    )
  const before = await measure()
  await sleep(WINDOW_IN_MS, undefined, { signal }).catch(() => signal.throwIfAborted())
  const after = await measure()
  const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0)
  return {
    at: new Date(),
    cpu: sum(after.map((stats, index) => processorsUsed(before[index], stats))),
    memoryInBytes: sum(after.map(memoryUsed)),
  }
}

function processorsUsed(before: ContainerStats | undefined, after: ContainerStats): number {
  const [from, until] = [timeInMicros(before?.read), timeInMicros(after.read)]
  if (before === undefined || from === undefined || until === undefined || until <= from) return 0
  const nanos = after.cpu_stats.cpu_usage.total_usage - before.cpu_stats.cpu_usage.total_usage
  return Math.max(0, nanos / 1_000 / (until - from))
}

/** Without the cache that the kernel would give back at once, as `docker stats` counts. */
function memoryUsed({ memory_stats: { usage = 0, stats = {} } }: ContainerStats): number {
  return Math.max(0, usage - (stats.inactive_file ?? stats.total_inactive_file ?? 0))
}
