import type { EmulatedTime } from '../clock/emulated-time.ts'
import type { ContainerLife } from './container-life.ts'
import { TaskFailure } from './task-failure.ts'

/** On Fargate, where a container names no `startTimeout` of its own. */
const DEFAULT_TIMEOUT_IN_S = 180

/**
 * Waits until all that a container depends on is as it must be. Rejects with the signal's reason.
 * @throws TaskFailure where that can never be
 */
export async function awaitDependencies(
  container: ContainerLife,
  all: readonly ContainerLife[],
  { time, signal }: { readonly time: EmulatedTime; readonly signal: AbortSignal },
): Promise<void> {
  for (const { containerName, condition } of container.body.dependsOn ?? []) {
    const other = all.find(({ name }) => name === containerName)
    if (!other) continue
    const timeoutInMs = (other.body.startTimeout ?? DEFAULT_TIMEOUT_IN_S) * 1_000
    const given = new AbortController()
    const both = AbortSignal.any([signal, given.signal])
    const isFulfilled = await Promise.race([
      fulfilled(other, condition),
      time.pass(timeoutInMs, both).then(() => false),
    ]).finally(() => given.abort())
    if (!isFulfilled)
      throw new TaskFailure(
        'Task failed to start',
        `Dependency on container '${containerName}' was not resolved: it did not reach ${condition}`,
      )
  }
}

async function fulfilled(other: ContainerLife, condition = 'START'): Promise<boolean> {
  const { started, stopped, healthy } = other
  switch (condition) {
    case 'COMPLETE':
      await stopped.promise
      return other.exitCode !== null
    case 'SUCCESS':
      await stopped.promise
      return other.exitCode === 0
    case 'HEALTHY':
      return Promise.race([healthy.promise.then(() => true), stopped.promise.then(() => false)])
    default:
      return Promise.race([started.promise.then(() => true), stopped.promise.then(() => false)])
  }
}
