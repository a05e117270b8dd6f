import type { ContainerObservation, Termination } from '@berth/core'
import { readSetAside } from './aci-tags.ts'
import { dateOf } from './aci-time.ts'
import type { Container, ContainerGroup, ContainerState, GroupEvent } from './arm/container-group.ts'

/** One container as the service tells it; undefined where the answer has no word on it. */
export function mapAciContainer(
  container: Container,
  group: ContainerGroup,
): ContainerObservation | undefined {
  const view = container.properties.instanceView
  if (!view?.currentState && !view?.previousState) return undefined
  const counted = countedState(container, group)
  const isBefore = counted !== view.currentState
  const lastTermination = isBefore ? undefined : terminationOf(view.previousState)
  const restartCount = Math.max(0, (view.restartCount ?? 0) - (isBefore ? 1 : 0))
  const base = { restartCount, ...(lastTermination && { lastTermination }) }
  switch (counted?.state) {
    case 'Running':
      return { ...base, state: 'running' }
    case 'Terminated': {
      const termination = terminationOf(counted)
      return { ...base, state: 'terminated', reason: termination?.reason, termination }
    }
    case 'Waiting':
      return { ...base, state: 'waiting', reason: counted.detailStatus || 'waiting' }
    default:
      return { ...base, state: 'unknown', reason: counted?.detailStatus || undefined }
  }
}

/**
 * The state that counts. Under the policy Never the service was reported (2021) to start a container all the same that had failed: its end
 * stays the end, for nobody asked for another instance. Somebody did where restart() has set that end aside, and may have where the
 * service itself has killed it, as its events tell.
 */
export function countedState(container: Container, group: ContainerGroup): ContainerState | undefined {
  const { currentState, previousState, events = [] } = container.properties.instanceView ?? {}
  const isEnd =
    group.properties.restartPolicy === 'Never' &&
    hasFailed(previousState, events) &&
    !isSetAside(previousState, group)
  return isEnd ? previousState : currentState
}

/** The newest end that another instance would be held against: restart() sets it aside. */
export function endToSetAside(group: ContainerGroup): string | undefined {
  const { containers, initContainers = [], restartPolicy } = group.properties
  if (restartPolicy !== 'Never') return undefined
  return [...containers, ...initContainers]
    .map(({ properties: { instanceView } }) => instanceView)
    .filter((view) => hasFailed(view?.currentState, view?.events ?? []))
    .map((view) => view?.currentState?.finishTime)
    .filter((finishTime) => finishTime !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1)
}

function isSetAside(end: ContainerState | undefined, { tags }: ContainerGroup): boolean {
  const [finishedAt, setAside] = [dateOf(end?.finishTime), dateOf(readSetAside(tags ?? {}))]
  return finishedAt !== undefined && setAside !== undefined && finishedAt <= setAside
}

function hasFailed(state: ContainerState | undefined, events: readonly GroupEvent[]): boolean {
  const { exitCode = 0, signal } = terminationOf(state) ?? {}
  if (exitCode === 0 || events.some(({ name }) => name === 'Killing')) return false
  return signal === undefined || events.length > 0
}

function terminationOf(state: ContainerState | undefined): Termination | undefined {
  if (state?.state !== 'Terminated') return undefined
  const { exitCode, detailStatus } = state
  const [startedAt, finishedAt] = [dateOf(state.startTime), dateOf(state.finishTime)]
  const signal = exitCode === undefined || exitCode <= 128 ? undefined : signalName(exitCode - 128)
  return {
    exitCode,
    ...(signal && { signal }),
    reason: detailStatus || (exitCode === 0 ? 'Completed' : 'Error'),
    // Of a program that ended at once the end may be noted before the start.
    startedAt: startedAt && finishedAt && startedAt > finishedAt ? undefined : startedAt,
    finishedAt,
  }
}

function signalName(number: number): string | undefined {
  const { signals } = process.getBuiltinModule('node:os').constants
  return Object.entries(signals).find(([, value]) => value === number)?.[0]
}
