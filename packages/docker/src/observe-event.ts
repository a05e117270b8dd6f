import type { ContainerObservation, Evidence, Observation } from '@berth/core'
import type { DockerHost, EarlyWord, RunView } from './docker-host.ts'
import { readContainer, readRole } from './docker-labels.ts'
import { MAIN } from './docker-names.ts'
import { eventStamp, inspectedStamps } from './docker-stamps.ts'
import { endWithMain } from './end-with-main.ts'
import type { EngineEvent } from './engine/index.ts'
import { exitCodeOf, mapDockerEvent } from './map-docker-event.ts'
import { mapContainer, phaseOf, termination } from './map-docker-state.ts'
import { pollGroup } from './poll-groups.ts'

/** What one event changes. */
interface Change {
  readonly state?: ContainerObservation | undefined
  /** The run's phase from now on, if it was its main container. */
  readonly phase?: Observation['phase'] | undefined
  readonly evidence?: readonly Evidence[] | undefined
}

/**
 * Puts an event on a run that is still being made to the others that go into its first observation. False for all other events.
 */
export function takeEarly({ creating }: DockerHost, event: EngineEvent): boolean {
  const early = creating.get(event.attributes['berth-run'] ?? '')
  if (early === undefined || (early.asked !== undefined && !isFirstStart(event, early))) return false
  if (readRole(event.attributes) !== 'network') {
    early.events.push(mapDockerEvent(event))
    early.evidence.push(...startStamp(event))
  }
  return true
}

/** The start that this process has asked for: the engine often tells of it after its answer, when the first state was asked for already. */
function isFirstStart({ action, attributes }: EngineEvent, { evidence }: EarlyWord): boolean {
  const name = readContainer(attributes)
  return (
    action === 'start' && !evidence.some(({ mark, container }) => mark === 'started' && container === name)
  )
}

/**
 * Makes an observation of an event; undefined where it says nothing new about a run. An event speaks of one container and leaves much
 * out (the run's phase, how often it was restarted), so what went before is remembered, and the engine is asked where that is not
 * enough.
 */
export async function observeEvent(
  host: DockerHost,
  event: EngineEvent,
  signal: AbortSignal,
): Promise<Observation | undefined> {
  const { attributes, action } = event
  const ref = attributes['berth-run']
  if (!ref || readRole(attributes) === 'network') return undefined
  await host.creating.get(ref)?.asked?.catch(() => {})
  // Whoever knows of the run by now has asked for its state since.
  if (action === 'create') return undefined
  const name = readContainer(attributes)
  const view = host.views.get(ref)
  if (view === undefined) return undefined
  if (action === 'destroy') return name === MAIN ? destroyed(host, ref, event) : undefined
  const known = view.containers.get(name)
  // A start that is news may have given the run other addresses. What is being removed is not asked about: it may be gone by then.
  const isNews = view.stale || !known || (action === 'start' && known.state !== 'running')
  if (isNews && !host.removing.has(ref)) return await askAbout(host, ref, event, signal)
  const before = known ?? { state: 'unknown', restartCount: 0 }
  const { state, phase, evidence = [] } = await changeBy(host, ref, before, event, signal)
  if (state) view.containers.set(name, state)
  if (name === MAIN && phase) view.phase = phase
  endWithMain(host, { ref, phase: view.phase, containers: Object.fromEntries(view.containers) })
  return observation(ref, view, state ? { [name]: state } : {}, event, evidence)
}

async function changeBy(
  host: DockerHost,
  ref: string,
  before: ContainerObservation,
  event: EngineEvent,
  signal: AbortSignal,
): Promise<Change> {
  if (event.action === 'start') return { evidence: startStamp(event) }
  if (event.action === 'die') return await died(host, ref, before, event, signal)
  const health = /^health_status: (starting|healthy|unhealthy)$/.exec(event.action)?.[1]
  return health === undefined
    ? {}
    : { state: { ...before, health: health as ContainerObservation['health'] } }
}

/** The event tells the code only; whether it starts again, and how exactly it ended, the engine tells when asked. */
async function died(
  { engine, removing, restarting }: DockerHost,
  ref: string,
  { restartCount }: ContainerObservation,
  event: EngineEvent,
  signal: AbortSignal,
): Promise<Change> {
  const inspected = removing.has(ref) ? null : await engine.containers.inspect(event.id, { signal })
  const finishedAt = new Date(Math.floor(event.timeMicros / 1_000))
  const end = termination(exitCodeOf(event) ?? inspected?.State.ExitCode ?? 0, { finishedAt })
  if (inspected === null) {
    const state = { state: 'terminated', reason: end.reason, termination: end, restartCount } as const
    return { state, phase: 'stopped', evidence: eventStamp('exited', event) }
  }
  const state = mapContainer(inspected)
  if (state.state !== 'terminated') {
    return { state: { ...state, lastTermination: end }, phase: phaseOf(inspected.State.Status) }
  }
  if (restarting.has(ref)) {
    return { state: { state: 'waiting', reason: 'restarting', restartCount, lastTermination: end } }
  }
  return {
    state,
    phase: 'stopped',
    evidence: [...eventStamp('exited', event), ...inspectedStamps(inspected)],
  }
}

function destroyed(host: DockerHost, ref: string, event: EngineEvent): Observation {
  host.views.delete(ref)
  return observation(ref, { phase: 'gone' }, {}, event, eventStamp('removed', event))
}

async function askAbout(
  host: DockerHost,
  ref: string,
  event: EngineEvent,
  signal: AbortSignal,
): Promise<Observation> {
  const asked = await pollGroup(host, ref, signal)
  return { ...asked, events: [mapDockerEvent(event)] }
}

function observation(
  ref: string,
  { phase }: Pick<RunView, 'phase'>,
  containers: Observation['containers'],
  event: EngineEvent,
  evidence: readonly Evidence[],
): Observation {
  return { ref, phase, containers, addresses: [], events: [mapDockerEvent(event)], evidence }
}

function startStamp(event: EngineEvent): Evidence[] {
  if (event.action === 'create') return eventStamp('created', event)
  return event.action === 'start' ? eventStamp('started', event) : []
}
