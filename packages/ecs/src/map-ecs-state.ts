import type { Task, TaskDefinition } from '@aws-sdk/client-ecs'
import type { CloudEvent, ContainerObservation, Evidence, Exposure, Instant, Observation } from '@berth/core'
import { MAIN, taskId } from './ecs-names.ts'
import { seenBy, seenStarted, taskStamps } from './ecs-stamps.ts'
import { findEcsFailure } from './find-ecs-failure.ts'
import { mapEcsAddresses } from './map-ecs-addresses.ts'
import { mapEcsContainer } from './map-ecs-container.ts'

export interface SeenTask {
  readonly task: Task
  /** What it was made from, where that is still told. */
  readonly definition: TaskDefinition | undefined
  readonly publicIp: string | undefined
  /** When the public address was told, if that was just now. */
  readonly addressedAt: Instant | undefined
  readonly expose: Exposure
  readonly receivedAt: Instant
  /** The kind of answer it is from, for the timeline's reader. */
  readonly source: string
}

/** The states in which a place has not been found yet. */
const UNPLACED: ReadonlySet<string> = new Set(['PROVISIONING', ''])
const HAS_ENDED: ReadonlySet<string> = new Set(['DEPROVISIONING', 'STOPPED', 'DELETED'])

/** A task as an answer shows it. */
export function mapEcsState(seen: SeenTask): Observation {
  const { task, definition, receivedAt, source } = seen
  const ref = taskId(task.taskArn ?? '')
  const containers = Object.fromEntries(
    (task.containers ?? []).map((container): [string, ContainerObservation] => [
      container.name ?? '',
      mapEcsContainer(container, task, definition),
    ]),
  )
  const phase = phaseOf(task)
  const addresses = phase === 'stopped' ? [] : mapEcsAddresses(seen)
  const isAddressed = addresses.length > 0
  const main = containers[MAIN]?.state
  const mainRan = main === 'running' || containers[MAIN]?.termination?.exitCode !== undefined
  return {
    ref,
    phase,
    containers,
    addresses,
    events: eventsOf(task),
    evidence: [
      ...(phase === 'pending' ? [] : [seenBy('scheduled', receivedAt, source)]),
      ...(isAddressed ? [seenBy('addressed', seen.addressedAt ?? receivedAt, 'network interface')] : []),
      ...(mainRan ? [seenStarted(receivedAt, source)] : []),
      ...(main === 'terminated' && mainRan ? [seenBy('exited', receivedAt, source)] : []),
      ...(task.lastStatus === 'STOPPED' ? [seenBy('stopped', receivedAt, source)] : []),
      ...stampsOf(task, mainRan),
    ],
    failure: findEcsFailure(task, definition),
  }
}

/** Whether nothing of a task runs any more; its network may still be being taken down. */
export function hasEndedWhole({ lastStatus = '', containers = [] }: Task): boolean {
  return (
    HAS_ENDED.has(lastStatus) ||
    (containers.length > 0 && containers.every((container) => container.lastStatus === 'STOPPED'))
  )
}

function phaseOf(task: Task): Observation['phase'] {
  const main = task.containers?.find(({ name }) => name === MAIN)
  if (hasEndedWhole(task) || main?.lastStatus === 'STOPPED') return 'stopped'
  return UNPLACED.has(task.lastStatus ?? '') ? 'pending' : 'placed'
}

/** A task that never ran has an end too, but none of a start. */
function stampsOf(task: Task, mainRan: boolean): Evidence[] {
  return taskStamps(task).filter(({ mark }) => mainRan || mark !== 'exited')
}

/** The service keeps no events; what it says of states and of the end stands in for them. */
function eventsOf(task: Task): CloudEvent[] {
  const events: CloudEvent[] = (task.containers ?? []).flatMap(({ name, reason }) =>
    reason ? [event('container', reason, name, 'warning')] : [],
  )
  if (task.stoppedReason === undefined) return events
  const isUsual = task.stopCode === 'UserInitiated' || task.stopCode === 'EssentialContainerExited'
  return [
    ...events,
    {
      ...event(task.stopCode ?? 'stopped', task.stoppedReason, undefined, isUsual ? 'normal' : 'warning'),
      time: task.stoppingAt ?? task.stoppedAt,
    },
  ]
}

function event(
  name: string,
  message: string,
  container: string | undefined,
  severity: CloudEvent['severity'],
): CloudEvent {
  return { container, name, message, count: 1, severity }
}
