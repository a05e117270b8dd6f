import {
  BerthError,
  type CloudEvent,
  type ContainerObservation,
  type Evidence,
  type Instant,
  type Mark,
  type Observation,
  type Termination,
} from '@berth/core'
import type { ContainerSnapshot, GroupEvent, GroupSnapshot, MappedPort } from './runner/index.ts'

const PHASES = { pending: 'placed', running: 'placed', ended: 'stopped', lost: 'stopped' } as const
const MARK_OF: Readonly<Partial<Record<GroupEvent['type'], Mark>>> = {
  created: 'created',
  started: 'started',
  exited: 'exited',
  ended: 'stopped',
}
const WARNINGS: ReadonlySet<GroupEvent['type']> = new Set(['start-failed', 'log-lost', 'killing'])

/** A group as the contract sees it. */
export function observeGroup(group: GroupSnapshot, receivedAt: Instant): Observation {
  const containers = [...group.initContainers, ...group.containers]
  return {
    ref: group.name,
    phase: PHASES[group.phase],
    containers: Object.fromEntries(
      containers.map((container) => [container.name, observeContainer(container)]),
    ),
    // The main container's first: where two declare the same number, it is the one that is meant.
    addresses: group.ports.toSorted(mainFirst).map(({ containerPort, hostPort }) => ({
      host: group.address,
      port: hostPort,
      containerPort,
      protocol: 'tcp',
      exposure: 'local',
    })),
    events: group.events.map(mapEvent),
    evidence: evidenceOf(group, receivedAt),
    failure: failureOf(group),
  }
}

/** What is said of a group that is not there. */
export function goneObservation(ref: string): Observation {
  return { ref, phase: 'gone', containers: {}, addresses: [], events: [], evidence: [] }
}

function mainFirst(one: MappedPort, other: MappedPort): number {
  return Number(other.container === 'main') - Number(one.container === 'main')
}

function observeContainer(container: ContainerSnapshot): ContainerObservation {
  return {
    state: container.state,
    reason: container.waitingFor ?? container.termination?.reason,
    restartCount: container.restartCount,
    termination: container.termination ? mapTermination(container.termination) : undefined,
    lastTermination: container.lastTermination ? mapTermination(container.lastTermination) : undefined,
  }
}

function mapTermination(termination: NonNullable<ContainerSnapshot['termination']>): Termination {
  const date = (inUs: number | null) => (inUs === null ? undefined : new Date(inUs / 1_000))
  return {
    exitCode: termination.exitCode ?? undefined,
    signal: termination.signal ?? undefined,
    reason: termination.reason,
    startedAt: date(termination.startedAtInUs),
    finishedAt: date(termination.finishedAtInUs),
  }
}

function mapEvent(event: GroupEvent): CloudEvent {
  return {
    time: new Date(event.timeInUs / 1_000),
    container: event.container ?? undefined,
    name: event.type,
    message: event.message ?? event.type,
    count: 1,
    severity: WARNINGS.has(event.type) ? 'warning' : 'normal',
  }
}

function evidenceOf(group: GroupSnapshot, receivedAt: Instant): Evidence[] {
  const evidence: Evidence[] = []
  for (const event of group.events) {
    const mark = MARK_OF[event.type]
    if (mark === undefined) continue
    evidence.push({
      kind: 'stamp',
      mark,
      container: event.container ?? undefined,
      timeInMicros: event.timeInUs,
      resolutionInMicros: 1,
      machine: 'host',
      source: `event ${event.type}`,
    })
  }
  if (group.ports.length > 0) {
    evidence.push({ kind: 'sighting', mark: 'addressed', latest: receivedAt, source: 'state of the group' })
  }
  return evidence
}

function failureOf(group: GroupSnapshot): BerthError | undefined {
  const failure = group.failure ?? neverStarted(group)
  if (failure === undefined && group.phase !== 'lost') return undefined
  return new BerthError({
    code: 'start-failed',
    message: `${group.name}: ${failure ?? 'its supervisor process ended unexpectedly; remove the run and start it again'}`,
  })
}

/** Why a container could not be started. The group itself says so only once all others have ended. */
function neverStarted({ containers }: GroupSnapshot): string | undefined {
  const termination = containers.find(
    (container) => container.termination?.reason === 'start-failed',
  )?.termination
  return termination ? (termination.message ?? 'a container could not be started') : undefined
}
