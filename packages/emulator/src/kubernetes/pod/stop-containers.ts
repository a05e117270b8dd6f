import type { Pod as Sandbox } from '../../backend/backend.ts'
import type { EmulatedTime } from '../../clock/emulated-time.ts'
import type { ContainerLife } from './container-life.ts'
import { type Grace, graceInMs } from './grace.ts'

interface Stopping {
  readonly sandbox: Sandbox
  readonly grace: Grace
  readonly time: EmulatedTime
  readonly onKilling: (container: ContainerLife) => void
}

/** Stops all that run: the containers together, then the sidecars one by one, in the reverse of the order in which they were started. */
export async function stopContainers(
  containers: readonly ContainerLife[],
  stopping: Stopping,
): Promise<void> {
  await Promise.all(
    containers.filter(({ role }) => role !== 'sidecar').map((container) => stop(container, stopping)),
  )
  for (const sidecar of containers.filter(({ role }) => role === 'sidecar').reverse())
    await stop(sidecar, stopping)
}

async function stop(container: ContainerLife, { sandbox, grace, time, onKilling }: Stopping): Promise<void> {
  if (!container.isRunning) return
  onKilling(container)
  const { changed } = grace
  const end = sandbox.stop(container.name, graceInMs(grace.seconds, time))
  await Promise.race([end, changed])
  // Where the grace was shortened meanwhile the shorter one counts from now; what has ended is not stopped again.
  await Promise.all([end, sandbox.stop(container.name, graceInMs(grace.seconds, time))])
}
