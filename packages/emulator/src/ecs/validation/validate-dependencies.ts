import { clientException } from '../ecs-errors.ts'
import type { ContainerBody } from '../task-definition-body.ts'

const CONDITIONS = ['START', 'COMPLETE', 'SUCCESS', 'HEALTHY']

/** @throws AwsError where containers wait for what is not there, or for each other */
export function validateDependencies(containers: readonly ContainerBody[]): void {
  const byName = new Map(containers.map((container) => [container.name ?? '', container]))
  for (const { name, dependsOn = [] } of containers) {
    for (const { containerName = '', condition = '' } of dependsOn) {
      const other = byName.get(containerName)
      if (!other)
        throw clientException(`Container '${name}' depends on '${containerName}', which is not there.`)
      if (!CONDITIONS.includes(condition))
        throw clientException(`Invalid dependency condition '${condition}' of container '${name}'.`)
      const isCompleting = condition === 'COMPLETE' || condition === 'SUCCESS'
      if (isCompleting && (other.essential ?? true))
        throw clientException(
          `Invalid dependency condition '${condition}' on essential container '${containerName}'.`,
        )
      if (condition === 'HEALTHY' && !other.healthCheck)
        throw clientException(
          `Container '${name}' depends on '${containerName}' to be healthy, which has no health check.`,
        )
    }
  }
  for (const name of byName.keys()) {
    if (isReached(name, name, byName, new Set()))
      throw clientException(`Container dependencies must not be circular: '${name}' waits for itself.`)
  }
}

/** Whether what a container depends on leads to another one. */
function isReached(
  wanted: string,
  from: string,
  byName: ReadonlyMap<string, ContainerBody>,
  seen: Set<string>,
): boolean {
  return (byName.get(from)?.dependsOn ?? []).some(({ containerName = '' }) => {
    if (containerName === wanted) return true
    if (seen.has(containerName)) return false
    seen.add(containerName)
    return isReached(wanted, containerName, byName, seen)
  })
}
