import type { Observation } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { endWithMain } from './end-with-main.ts'
import { inspectGroup } from './inspect-group.ts'
import { locateEngine } from './map-docker-addresses.ts'
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
  endWithMain(host, observation)
  return observation
}
