import type { Task } from '@aws-sdk/client-ecs'

/** Whether anything of a task ever ran. One that ends at once may end before it is noted that it runs. */
export function hasRun({ startedAt, containers = [] }: Task): boolean {
  return (
    startedAt !== undefined ||
    containers.some(({ exitCode, lastStatus }) => exitCode !== undefined || lastStatus === 'RUNNING')
  )
}
