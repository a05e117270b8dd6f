import type { Task } from '@aws-sdk/client-ecs'
import type { ClockDeclaration, Evidence, Instant, Mark, SightingEvidence } from '@berth/core'

/** Who answers calls, and writes the `Date` of each answer. */
export const FRONT_END = 'front-end'
/** Who keeps a task's record: when it was ordered, and when its states were noted. */
const CONTROL_PLANE = 'control-plane'
/** Where the containers run, which tells when the image was pulled and the last process ended. */
const NODE = 'node'

export const ECS_CLOCKS: Readonly<Record<string, ClockDeclaration>> = {
  // Many machines answer under one name, each with a clock that its data centre keeps, and their servers write a Date that they renew once a second.
  [FRONT_END]: { skewInMs: 100, dateResolutionInMs: 2_000 },
  // Nobody says how far these are from the front end: only differences between their own stamps count.
  [CONTROL_PLANE]: {},
  [NODE]: {},
}

/**
 * That a container runs is known from its engine, which may say so before the program's first instruction: 12 ms before it on a machine that is kept
 * busy. Declared with a margin of four.
 */
const STARTED_WITHIN_MS = 50

const STAMPS: readonly {
  readonly field: keyof Task & `${string}At`
  readonly mark: Mark
  readonly machine: string
  readonly side?: 'upper'
  readonly marginInMs?: number
}[] = [
  { field: 'createdAt', mark: 'accepted', machine: CONTROL_PLANE },
  { field: 'pullStartedAt', mark: 'pull-started', machine: NODE },
  { field: 'pullStoppedAt', mark: 'pull-ended', machine: NODE },
  // It is noted that the task runs, a while after its first process does.
  {
    field: 'startedAt',
    mark: 'started',
    machine: CONTROL_PLANE,
    side: 'upper',
    marginInMs: STARTED_WITHIN_MS,
  },
  { field: 'executionStoppedAt', mark: 'exited', machine: NODE, side: 'upper' },
  { field: 'stoppedAt', mark: 'stopped', machine: CONTROL_PLANE, side: 'upper' },
]

/** The service tells milliseconds. */
const RESOLUTION_IN_MICROS = 1_000

/** What the times of a task's record tell. */
export function taskStamps(task: Task): Evidence[] {
  return STAMPS.flatMap(({ field, mark, machine, side, marginInMs = 0 }): Evidence[] => {
    const time = task[field]
    if (!(time instanceof Date) || Number.isNaN(time.getTime())) return []
    // Of several containers it is the end of the last one's pull, and one of them may be ready by then.
    const isLast = mark === 'pull-ended' && (task.containers?.length ?? 1) > 1
    return [
      {
        kind: 'stamp',
        mark,
        source: `task ${field}`,
        timeInMicros: time.getTime() * 1_000,
        resolutionInMicros: RESOLUTION_IN_MICROS + marginInMs * 1_000,
        machine,
        ...((side || isLast) && { side: 'upper' as const }),
      },
    ]
  })
}

/** A container that an answer shows to run, or to have run. */
export function seenStarted(receivedAt: Instant, source: string): SightingEvidence {
  return seenBy('started', receivedAt + STARTED_WITHIN_MS, source)
}

/** What an answer shows was there by the time it was received; when it came to be it does not tell. */
export function seenBy(mark: Mark, receivedAt: Instant, source: string): SightingEvidence {
  return { kind: 'sighting', mark, latest: receivedAt, source }
}
