import type { DockerHost } from './docker-host.ts'
import { groupContainers } from './group-containers.ts'
import { isAbsent } from './map-docker-error.ts'

/**
 * Stops the main container and the sidecars at once, each with its grace, then the holder of their network. The engine counts
 * in whole seconds, so the grace is rounded up.
 *
 * @param graceInMs left out: each container's own
 */
export async function stopGroup(
  host: DockerHost,
  ref: string,
  graceInMs: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const containers = await groupContainers(host, ref, signal)
  const timeout = graceInMs === undefined ? undefined : Math.ceil(graceInMs / 1_000)
  const stop = async (id: string) => {
    try {
      await host.engine.containers.stop(id, { timeout, signal })
    } catch (error) {
      if (!isAbsent(error)) throw error
    }
  }
  const active = containers.filter(({ summary }) => isActive(summary.State))
  await Promise.all(active.filter(({ role }) => role !== 'network').map(({ id }) => stop(id)))
  await Promise.all(active.filter(({ role }) => role === 'network').map(({ id }) => stop(id)))
}

function isActive(state: string): boolean {
  return state === 'running' || state === 'restarting' || state === 'paused'
}
