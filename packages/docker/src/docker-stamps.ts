import type { Evidence, Mark } from '@berth/core'
import { readContainer } from './docker-labels.ts'
import { timeInMicros } from './docker-time.ts'
import type { ContainerInspect, EngineEvent } from './engine/index.ts'

/** The machine that makes all stamps: the engine's own. */
export const ENGINE_CLOCK = 'engine'

/** A stamp of the engine, to the microsecond. */
export function engineStamp(
  mark: Mark,
  source: string,
  stampedInMicros: number | undefined,
  more: Pick<Evidence & { kind: 'stamp' }, 'container' | 'side'> = {},
): Evidence[] {
  if (stampedInMicros === undefined) return []
  return [
    {
      ...more,
      kind: 'stamp',
      mark,
      source,
      timeInMicros: stampedInMicros,
      resolutionInMicros: 1,
      machine: ENGINE_CLOCK,
    },
  ]
}

/**
 * When the engine took the order. `Created` is written as it begins to make the container, so that the time from our request to it
 * ties the engine's clock to ours more closely than any other stamp.
 *
 * @param first the container that was made first
 */
export function acceptedStamp(first: ContainerInspect | undefined): Evidence[] {
  return engineStamp('accepted', 'inspect Created', timeInMicros(first?.Created))
}

/**
 * When a container's process started and ended. Of one that ran before they tell its newest start: nothing about the first. The engine notes
 * a start a moment after it; where the program had ended by then, the two are in the wrong order and neither is taken.
 */
export function inspectedStamps({ State, RestartCount, Config }: ContainerInspect): Evidence[] {
  const container = readContainer(Config.Labels ?? {})
  const [started, finished] = [timeInMicros(State.StartedAt), timeInMicros(State.FinishedAt)]
  if (started === undefined || (finished !== undefined && finished < started)) return []
  const hasEnded = State.Status === 'exited' || State.Status === 'dead'
  return [
    ...engineStamp('started', 'inspect StartedAt', RestartCount > 0 ? undefined : started, { container }),
    ...engineStamp('exited', 'inspect FinishedAt', hasEnded ? finished : undefined, { container }),
  ]
}

/**
 * The time of an event. The engine writes `start` and `die` a moment after the thing itself, whose exact times an inspection tells:
 * these two are bounds from above.
 */
export function eventStamp(mark: Mark, { action, attributes, timeMicros }: EngineEvent): Evidence[] {
  return engineStamp(mark, `event ${action}`, timeMicros, {
    container: readContainer(attributes),
    ...((mark === 'started' || mark === 'exited') && { side: 'upper' as const }),
  })
}
