import type { Pod } from '../backend/backend.ts'
import type { EmulatedTime } from '../clock/emulated-time.ts'
import type { ContainerLife } from './container-life.ts'

/** From SIGTERM to SIGKILL, where a container names no `stopTimeout` of its own. */
const DEFAULT_TIMEOUT_IN_S = 30

/** Stops every container that runs; one that others depend on only once they have ended. */
export async function stopContainers(
  containers: readonly ContainerLife[],
  pod: Pod,
  time: EmulatedTime,
): Promise<void> {
  await Promise.all(
    containers.map(async (container) => {
      const dependents = containers.filter(
        (other) =>
          other.lastStatus === 'RUNNING' &&
          other.body.dependsOn?.some(({ containerName }) => containerName === container.name),
      )
      await Promise.all(dependents.map(({ stopped }) => stopped.promise))
      if (container.lastStatus !== 'RUNNING') return
      const graceInMs = (container.body.stopTimeout ?? DEFAULT_TIMEOUT_IN_S) * 1_000
      // A second of real time is left of it: programs do not end faster for the time scale.
      await pod.stop(container.name, Math.max(Math.min(1_000, graceInMs), time.toReal(graceInMs)))
      await container.stopped.promise
    }),
  )
}
