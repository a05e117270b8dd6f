import type { Container, Task, TaskDefinition } from '@aws-sdk/client-ecs'
import type { ContainerObservation, Termination } from '@berth/core'

const HEALTH = { HEALTHY: 'healthy', UNHEALTHY: 'unhealthy', UNKNOWN: 'starting' } as const
/** The service starts none again. */
const RESTARTS = 0

/** One container as the service tells it. */
export function mapEcsContainer(
  container: Container,
  task: Pick<Task, 'lastStatus'>,
  definition: TaskDefinition | undefined,
): ContainerObservation {
  const isChecked = definition?.containerDefinitions?.some(
    ({ name, healthCheck }) => name === container.name && healthCheck !== undefined,
  )
  const health = HEALTH[container.healthStatus ?? 'UNKNOWN']
  const base = {
    restartCount: RESTARTS,
    ...(isChecked && { health }),
    ...(container.imageDigest && { imageDigest: container.imageDigest }),
  }
  switch (container.lastStatus) {
    case 'RUNNING':
      return { ...base, state: 'running' }
    case 'STOPPED': {
      const termination = terminationOf(container)
      return { ...base, state: 'terminated', reason: termination.reason, termination }
    }
    default:
      return { ...base, state: 'waiting', reason: container.reason ?? task.lastStatus ?? 'waiting' }
  }
}

/** The service does not tell when one container of several ended. One that never ran has no exit code. */
function terminationOf({ exitCode, reason }: Container): Termination {
  const signal = exitCode === undefined || exitCode <= 128 ? undefined : signalName(exitCode - 128)
  return {
    exitCode,
    ...(signal && { signal }),
    reason: reason ?? (exitCode === undefined ? 'NeverRan' : exitCode === 0 ? 'Completed' : 'Error'),
  }
}

function signalName(number: number): string | undefined {
  const { signals } = process.getBuiltinModule('node:os').constants
  return Object.entries(signals).find(([, value]) => value === number)?.[0]
}
