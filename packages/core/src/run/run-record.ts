import type { PricedPlan } from '../contract/adapter.ts'
import type { Address } from '../contract/address.ts'
import type { RunChange, RunState } from '../contract/container-run.ts'
import type { DateSample, Evidence, Instant } from '../contract/evidence.ts'
import type { Lifetime } from '../contract/lifetime.ts'
import type { CloudEvent, ContainerObservation, Observation } from '../contract/observation.ts'
import type { Probe } from '../contract/probe.ts'
import type { Attempt, BerthError } from '../errors/berth-error.ts'
import { redact } from '../secrets/redact.ts'
import type { ReadinessBounds } from '../timeline/readiness-bounds.ts'
import type { DetectionOptions, TimelineRecorder } from '../timeline/timeline-recorder.ts'

/** The name of a group's main container. */
export const MAIN = 'main'

/** How many of a run's events are kept for evidence. */
const EVENT_LIMIT = 200

/** What is fixed about a run once it was created or found. */
export interface RunFacts {
  readonly provider: string
  readonly ref: string
  readonly name: string
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
  readonly createdAt: Date
  /** Whether this process called `run()`: only then is it known when the start was requested, and its total is a figure. */
  readonly startedHere: boolean
  /** The main container's tcp ports, in order. */
  readonly tcpPorts: readonly number[]
  readonly probe: Probe
  readonly stopGraceInMs: number
  readonly attempts: readonly Attempt[]
  readonly notes: readonly string[]
  readonly priced: PricedPlan
}

/** Everything known of one run: the sum of its observations. */
export class RunRecord {
  readonly facts: RunFacts
  readonly recorder: TimelineRecorder
  lifetime: Lifetime
  expiresAt: Date | null
  phase: Observation['phase'] = 'pending'
  containers: Readonly<Record<string, ContainerObservation>> = {}
  addresses: readonly Address[] = []
  failure: BerthError | undefined
  /** When readiness was first detected. */
  detectedAt: Instant | undefined
  /** How many keep it current at this moment. */
  observers = 0
  /** When the main container was first seen to run. */
  startedAt: Instant | undefined
  /** The last change of state or address: readiness asks more often right after one. */
  changedAt: Instant = performance.now()
  readonly #events = new Map<string, CloudEvent>()
  #firstDetectedAt: Instant | undefined
  readonly #listeners = new Set<(change: RunChange) => void>()
  readonly #endingListeners = new Set<() => void>()
  #ending: BerthError | undefined

  constructor(facts: RunFacts, recorder: TimelineRecorder, lifetime: Lifetime, expiresAt: Date | null) {
    this.facts = facts
    this.recorder = recorder
    this.lifetime = lifetime
    this.expiresAt = expiresAt
  }

  get main(): ContainerObservation | undefined {
    return this.containers[MAIN]
  }

  get events(): readonly CloudEvent[] {
    return [...this.#events.values()]
  }

  get state(): RunState {
    if (this.phase === 'gone') return 'gone'
    if (this.failure) return 'failed'
    if (this.phase === 'stopped') return 'stopped'
    // It may answer before its cloud has said a word on the start.
    if (this.detectedAt !== undefined && this.startedAt === undefined && this.main?.state !== 'terminated')
      return 'ready'
    if (this.main?.state === 'running') return this.detectedAt === undefined ? 'running' : 'ready'
    return this.phase === 'pending' ? 'pending' : 'starting'
  }

  /** Takes what the cloud says now. */
  observe(observation: Observation): void {
    if (this.phase === 'gone') return
    const before = this.state
    const addressesBefore = this.addresses
    const mainBefore = this.main
    this.phase = observation.phase
    if (this.phase === 'gone') this.#sawRemoved('state gone')
    this.containers = { ...this.containers, ...observation.containers }
    if (observation.addresses.length > 0) this.addresses = observation.addresses
    this.failure ??= observation.failure
    const knownAt = performance.now()
    for (const evidence of observation.evidence) this.recorder.add(evidence, knownAt)
    if (this.main?.state === 'running') this.startedAt ??= knownAt
    const changed = differ(this.addresses, addressesBefore) || differ(this.main, mainBefore)
    const hasChanged = changed || this.state !== before
    if (hasChanged) this.changedAt = knownAt
    for (const event of observation.events) this.#takeEvent(event)
    if (observation.evidence.length > 0) this.#tell({ kind: 'timeline', state: this.state })
    if (hasChanged) this.#tell({ kind: 'state', state: this.state })
  }

  addEvidence(evidence: Evidence): void {
    this.recorder.add(evidence)
    this.#tell({ kind: 'timeline', state: this.state })
  }

  addDate(sample: DateSample): void {
    this.recorder.addDate(sample)
  }

  /** Readiness was found; called again when it turns out whether it lasted. */
  detected(bounds: ReadinessBounds, options: DetectionOptions): void {
    this.detectedAt = bounds.upper
    this.#firstDetectedAt ??= bounds.upper
    // A restart's readiness is no part of the start.
    const isStart = this.facts.startedHere && bounds.upper === this.#firstDetectedAt
    if (isStart) this.recorder.detected(bounds, options)
    this.#tell({ kind: 'state', state: this.state })
  }

  /** It is being restarted: whether it is ready is to be found out anew. */
  beginAgain(): void {
    this.detectedAt = undefined
    this.startedAt = undefined
    this.#ending = undefined
    this.#tell({ kind: 'state', state: this.state })
  }

  /** The cloud confirmed that it is gone. */
  removed(source = 'remove answer'): void {
    if (this.phase === 'gone') return
    this.phase = 'gone'
    this.#sawRemoved(source)
    this.#tell({ kind: 'state', state: this.state })
  }

  /** Why whoever waits for it to be ready need not go on: this process stops or removes it. */
  get ending(): BerthError | undefined {
    return this.#ending
  }

  /** It is being stopped or removed; undefined: that failed. */
  setEnding(error: BerthError | undefined): void {
    this.#ending = error
    if (error) for (const listener of [...this.#endingListeners]) listener()
  }

  onEnding(listener: () => void): () => void {
    this.#endingListeners.add(listener)
    return () => this.#endingListeners.delete(listener)
  }

  onChange(listener: (change: RunChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #sawRemoved(source: string): void {
    this.recorder.add({ kind: 'sighting', mark: 'removed', latest: performance.now(), source })
  }

  #takeEvent(told: CloudEvent): void {
    const event = { ...told, message: redact(told.message) }
    const key = `${event.container ?? ''}\0${event.name}\0${event.message}\0${event.time?.getTime() ?? ''}`
    if (this.#events.get(key)?.count === event.count) return
    this.#events.set(key, event)
    const oldest = this.#events.keys().next().value
    if (this.#events.size > EVENT_LIMIT && oldest !== undefined) this.#events.delete(oldest)
    this.#tell({ kind: 'event', state: this.state, event })
  }

  #tell(change: RunChange): void {
    for (const listener of [...this.#listeners]) listener(change)
  }
}

function differ(one: unknown, other: unknown): boolean {
  if (one === other) return false
  return one === undefined || other === undefined || JSON.stringify(one) !== JSON.stringify(other)
}
