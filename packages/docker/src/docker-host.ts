import type { CloudEvent, ContainerObservation, Evidence, Observation } from '@berth/core'
import type { EngineClient } from './engine/index.ts'

/** An engine, with what this process is doing on it: what every verb works with. */
export interface DockerHost {
  readonly engine: EngineClient
  /** `linux/arm64`: what containers are made for where their plan does not say. Default: the engine's own. */
  readonly platform: string | undefined
  /** Runs that are being made, with what the event stream tells of them meanwhile. */
  readonly creating: Map<string, EarlyWord>
  /** Runs that a verb of this process has in hand: others need not ask the engine about what it is told anyway. */
  readonly restarting: Set<string>
  readonly removing: Set<string>
  /**
   * The runs that this process has made, found or asked about, with what it knows of them: so an event on one container can be told with
   * the state of the whole. Events on other runs are nobody's here.
   */
  readonly views: Map<string, RunView>
  /** Event streams that are being opened; each settles when it has been, or has failed. */
  readonly opening: Set<Promise<unknown>>
}

/** Events on a run that is being made. They go into its first observation, whose state is newer than they are. */
export interface EarlyWord {
  readonly events: CloudEvent[]
  readonly evidence: Evidence[]
  /** Set while the engine is asked for the first state: events that come from then on wait for the answer, save of the start itself. */
  asked: Promise<unknown> | undefined
}

/** What is known of one run. */
export interface RunView {
  phase: Observation['phase']
  readonly containers: Map<string, ContainerObservation>
  /** Whether it may be old, for events may have been missed since. */
  stale: boolean
}

/** Binds to an engine. No I/O. */
export function dockerHost(engine: EngineClient, platform: string | undefined): DockerHost {
  return {
    engine,
    platform,
    creating: new Map(),
    restarting: new Set(),
    removing: new Set(),
    views: new Map(),
    opening: new Set(),
  }
}

/** Marks a run as in hand while the work lasts. */
export async function whileIn<T>(refs: Set<string>, ref: string, work: () => Promise<T>): Promise<T> {
  refs.add(ref)
  try {
    return await work()
  } finally {
    refs.delete(ref)
  }
}

/** The view that an observation of a whole run gives. */
export function viewOf({ phase, containers }: Observation): RunView {
  return { phase, containers: new Map(Object.entries(containers)), stale: false }
}
