import type { ContainerObservation, Evidence, Observation } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { readContainer, readRole } from './docker-labels.ts'
import { MAIN } from './docker-names.ts'
import { endWithMain } from './end-with-main.ts'
import type { EngineEvent } from './engine/index.ts'
import { eventStamp, exitCodeOf, mapDockerEvent } from './map-docker-event.ts'
import { mapContainer, phaseOf, stampsOf, termination } from './map-docker-state.ts'
import { pollGroup } from './poll-groups.ts'

/** What is known of one run from its events. */
interface RunView {
  phase: Observation['phase']
  readonly containers: Map<string, ContainerObservation>
}

/** What one event changes. */
interface Change {
  readonly state?: ContainerObservation | undefined
  /** The run's phase from now on. */
  readonly phase?: Observation['phase'] | undefined
  readonly evidence?: readonly Evidence[] | undefined
}

/**
 * Makes observations of events. An event speaks of one container and leaves much out (the run's phase, how often it was restarted), so
 * what went before is remembered; a run whose beginning was not seen is asked for once.
 */
export class RunViews {
  readonly #host: DockerHost
  readonly #signal: AbortSignal
  readonly #views = new Map<string, RunView>()

  constructor(host: DockerHost, signal: AbortSignal) {
    this.#host = host
    this.#signal = signal
  }

  /** Takes the next event; undefined where it says nothing about a run. */
  async take(event: EngineEvent): Promise<Observation | undefined> {
    const { attributes, action } = event
    const ref = attributes['berth-run']
    if (!ref || readRole(attributes) === 'network') return undefined
    const name = readContainer(attributes)
    if (action === 'destroy') return this.#destroyed(ref, name, event)
    const view = this.#views.get(ref) ?? (action === 'create' ? this.#newView(ref) : undefined)
    if (view === undefined || (action === 'start' && this.#isElsewhere(ref, view.containers.get(name)))) {
      return await this.#ask(ref, event)
    }
    const { state, phase, evidence = [] } = await this.#change(ref, name, view, event)
    if (state) view.containers.set(name, state)
    if (name === MAIN && phase) view.phase = phase
    const observation = this.#observation(ref, view, state ? { [name]: state } : {}, event, evidence)
    endWithMain(this.#host, { ...observation, containers: Object.fromEntries(view.containers) })
    return observation
  }

  /** A start that this process has not made itself, or not for the first time: it may have given the run other addresses. */
  #isElsewhere(ref: string, before: ContainerObservation | undefined): boolean {
    return before?.reason !== 'created' || !this.#host.creating.has(ref)
  }

  async #change(ref: string, name: string, view: RunView, event: EngineEvent): Promise<Change> {
    const before = view.containers.get(name)
    const restartCount = before?.restartCount ?? 0
    switch (event.action) {
      case 'create':
        return {
          state: { state: 'waiting', reason: 'created', restartCount },
          evidence: [eventStamp('created', event)],
        }
      case 'start':
        return {
          state: { state: 'running', restartCount },
          phase: 'placed',
          evidence: [eventStamp('started', event)],
        }
      case 'die':
        return await this.#died(ref, before, event)
      default: {
        const health = /^health_status: (starting|healthy|unhealthy)$/.exec(event.action)?.[1]
        if (health === undefined || before === undefined) return {}
        return { state: { ...before, health: health as ContainerObservation['health'] } }
      }
    }
  }

  /** The event tells the code only; whether it starts again, and how exactly it ended, the engine tells when asked. */
  async #died(ref: string, before: ContainerObservation | undefined, event: EngineEvent): Promise<Change> {
    const { removing, restarting, engine } = this.#host
    const inspected = removing.has(ref)
      ? null
      : await engine.containers.inspect(event.id, { signal: this.#signal })
    const end = termination(exitCodeOf(event) ?? inspected?.State.ExitCode ?? 0, {
      finishedAt: new Date(Math.floor(event.timeMicros / 1_000)),
    })
    if (inspected === null) {
      const restartCount = before?.restartCount ?? 0
      return {
        state: { state: 'terminated', reason: end.reason, termination: end, restartCount },
        phase: 'stopped',
        evidence: [eventStamp('exited', event)],
      }
    }
    const state = mapContainer(inspected)
    if (state.state !== 'terminated') {
      return { state: { ...state, lastTermination: end }, phase: phaseOf(inspected.State.Status) }
    }
    if (restarting.has(ref)) {
      const { restartCount } = state
      return { state: { state: 'waiting', reason: 'restarting', restartCount, lastTermination: end } }
    }
    return { state, phase: 'stopped', evidence: [eventStamp('exited', event), ...stampsOf(inspected)] }
  }

  #destroyed(ref: string, name: string, event: EngineEvent): Observation | undefined {
    if (name !== MAIN) return undefined
    this.#views.delete(ref)
    const view: RunView = { phase: 'gone', containers: new Map() }
    return this.#observation(ref, view, {}, event, [eventStamp('removed', event)])
  }

  async #ask(ref: string, event: EngineEvent): Promise<Observation> {
    const observation = await pollGroup(this.#host, ref, this.#signal)
    if (observation.phase === 'gone') this.#views.delete(ref)
    else {
      const containers = new Map(Object.entries(observation.containers))
      this.#views.set(ref, { phase: observation.phase, containers })
    }
    return { ...observation, events: [mapDockerEvent(event)] }
  }

  #newView(ref: string): RunView {
    const view: RunView = { phase: 'pending', containers: new Map() }
    this.#views.set(ref, view)
    return view
  }

  #observation(
    ref: string,
    { phase }: RunView,
    containers: Observation['containers'],
    event: EngineEvent,
    evidence: readonly Evidence[],
  ): Observation {
    return { ref, phase, containers, addresses: [], events: [mapDockerEvent(event)], evidence }
  }
}
