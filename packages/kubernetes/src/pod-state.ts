import type { ContainerStatus, Pod } from './cluster/pod.ts'
import { MAIN, STOPPED } from './kubernetes-names.ts'

/** The statuses of all containers, init containers first. */
export function statusesOf({ status }: Pod): readonly ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
}

export function mainStatus({ status }: Pod): ContainerStatus | undefined {
  return status?.containerStatuses?.find(({ name }) => name === MAIN)
}

/** Whether the main container will not run again by itself. */
export function mainHasEnded(pod: Pod): boolean {
  const { phase } = pod.status ?? {}
  if (phase === 'Succeeded' || phase === 'Failed' || isKeptStopped(pod)) return true
  const end = mainStatus(pod)?.state?.terminated
  if (end === undefined) return false
  const { restartPolicy } = pod.spec
  return restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && end.exitCode === 0)
}

/** Whether nothing of it runs or will. */
export function hasEnded(pod: Pod): boolean {
  return mainHasEnded(pod) && !isRunning(pod)
}

/** Whether it was stopped, and is kept only for what can be read of it. */
export function isKeptStopped(pod: Pod): boolean {
  const { deletionTimestamp, finalizers = [] } = pod.metadata
  return deletionTimestamp !== undefined && finalizers.includes(STOPPED) && !isRunning(pod)
}

/** Whether any of its containers runs. */
export function isRunning(pod: Pod): boolean {
  return statusesOf(pod).some(({ state }) => state?.running !== undefined)
}

/** Whether each of its containers has run and ended. */
export function allTerminated(pod: Pod): boolean {
  const { containerStatuses = [] } = pod.status ?? {}
  return (
    containerStatuses.length > 0 &&
    containerStatuses.every(({ state }) => state?.terminated !== undefined) &&
    !isRunning(pod)
  )
}

/** Containers beside the main one that run although it has ended, and that the cluster does not end by itself. */
export function runningSidecars({ status }: Pod): readonly ContainerStatus[] {
  return (status?.containerStatuses ?? []).filter(
    ({ name, state }) => name !== MAIN && state?.running !== undefined,
  )
}
