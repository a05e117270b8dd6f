import type { ContainerGroup } from './container-group.ts'

/** The state of a group as a whole: what its containers are, taken together. */
export function groupState(group: ContainerGroup): string {
  if (group.transition === 'provisioning') return 'Pending'
  if (group.life === null) return group.lastLife ? 'Stopped' : 'Pending'
  // Its containers end one by one; the group is what it was until it is stopped.
  if (group.transition === 'stopping') return 'Running'
  const { containers } = group.life
  const states = containers.map(({ current }) => current)
  const ended = states.filter((state) => state.state === 'Terminated')
  if (ended.length === containers.length)
    return ended.every(({ exitCode }) => exitCode === 0) ? 'Succeeded' : 'Failed'
  return containers.every(({ hasStarted }) => hasStarted) ? 'Running' : 'Pending'
}
