import type { ContainerObservation, Observation } from '@berth/core'
import { type DockerHost, viewOf } from './docker-host.ts'
import { endWithMain } from './end-with-main.ts'
import { locateEngine } from './engine-location.ts'
import { inspectGroup } from './inspect-group.ts'
import { mapDockerState } from './map-docker-state.ts'

/** The newest state of many runs. */
export async function pollGroups(
  host: DockerHost,
  refs: readonly string[],
  signal: AbortSignal,
): Promise<readonly Observation[]> {
  return await Promise.all(refs.map((ref) => pollGroup(host, ref, signal)))
}

/** The newest state of one run. */
export async function pollGroup(host: DockerHost, ref: string, signal: AbortSignal): Promise<Observation> {
  const [endpoint, inspected] = await Promise.all([host.engine.endpoint(), inspectGroup(host, ref, signal)])
  const observation = mapDockerState(ref, inspected, locateEngine(endpoint))
  const before = host.views.get(ref)?.containers
  const containers = Object.entries(observation.containers).map(([name, state]) => [
    name,
    withLastTermination(state, before?.get(name)),
  ])
  const remembered: Observation = { ...observation, containers: Object.fromEntries(containers) }
  if (remembered.phase === 'gone') host.views.delete(ref)
  else host.views.set(ref, viewOf(remembered))
  endWithMain(host, remembered)
  return remembered
}

/** Of a container that runs again the engine no longer tells how it had ended; the event of that end did. */
function withLastTermination(
  now: ContainerObservation,
  before: ContainerObservation | undefined,
): ContainerObservation {
  if (now.state !== 'running' || now.lastTermination?.exitCode !== undefined) return now
  const known = before?.termination ?? before?.lastTermination
  return known ? { ...now, lastTermination: known } : now
}
