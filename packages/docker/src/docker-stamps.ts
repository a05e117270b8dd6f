import type { Evidence, Mark } from '@berth/core'
import { readContainer } from './docker-labels.ts'
import { timeInMicros } from './docker-time.ts'
import type { ContainerInspect, EngineEvent } from './engine/index.ts'

/** The machine that makes all stamps: the engine's own. */
export const ENGINE_CLOCK = 'engine'

/** How far from its stamp a thing can have happened. */
interface StampWindow {
  readonly beforeInMicros: number
  readonly afterInMicros: number
}

const EXACT: StampWindow = { beforeInMicros: 0, afterInMicros: 1 }
/**
 * `StartedAt` and `FinishedAt` are written when the engine hears of it: the program's first instruction lay 95 ms before (under heavy load)
 * to 6.6 ms after `StartedAt` (Docker Engine 20.10, 2026-11-23, `pnpm --filter @berth/benchmarks run coverage`).
 */
const START_HEARD_OF: StampWindow = { beforeInMicros: 150_000, afterInMicros: 20_000 }
/** An end is noted once the engine's shim has reaped the process: moments later, never before. */
const END_HEARD_OF: StampWindow = { beforeInMicros: 20_000, afterInMicros: 1 }

/** A stamp of the engine, to the microsecond. */
export function engineStamp(
  mark: Mark,
  source: string,
  stampedInMicros: number | undefined,
  more: Pick<Evidence & { kind: 'stamp' }, 'container' | 'side'> = {},
  window: StampWindow = EXACT,
): Evidence[] {
  if (stampedInMicros === undefined) return []
  return [
    {
      ...more,
      kind: 'stamp',
      mark,
      source,
      timeInMicros: stampedInMicros - window.beforeInMicros,
      resolutionInMicros: window.beforeInMicros + window.afterInMicros,
      ...(window.afterInMicros > 1 && { lateInMicros: window.afterInMicros }),
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
    ...engineStamp(
      'started',
      'inspect StartedAt',
      RestartCount > 0 ? undefined : started,
      { container },
      START_HEARD_OF,
    ),
    ...engineStamp(
      'exited',
      'inspect FinishedAt',
      hasEnded ? finished : undefined,
      { container },
      END_HEARD_OF,
    ),
  ]
}

/** The time of an event. Of `start` and `die` the engine only hears, as above. */
export function eventStamp(mark: Mark, { action, attributes, timeMicros }: EngineEvent): Evidence[] {
  const window = mark === 'started' ? START_HEARD_OF : mark === 'exited' ? END_HEARD_OF : EXACT
  return engineStamp(mark, `event ${action}`, timeMicros, { container: readContainer(attributes) }, window)
}
