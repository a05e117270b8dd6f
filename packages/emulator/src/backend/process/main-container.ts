import type { ContainerSnapshot, GroupSnapshot } from '@berth/process/runner'

/** The name of the one container in a group of the runner, which stands for one instance of a pod's container. */
export const MAIN = 'main'

export function mainOf(group: GroupSnapshot): ContainerSnapshot {
  const [main] = group.containers
  if (main === undefined) throw new Error(`group ${group.name} has no container`)
  return main
}
