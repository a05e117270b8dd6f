import type {
  ClockDeclaration,
  DateSample,
  Evidence,
  Instant,
  StampEvidence,
} from '../../contract/evidence.ts'
import type { Mark } from '../../contract/mark.ts'
import type { Timeline } from '../../contract/timeline.ts'
import { type ProbeAttempt, readinessBounds } from '../readiness-bounds.ts'
import { TimelineRecorder } from '../timeline-recorder.ts'
import type { Random } from './random.ts'

/** Wall time of this process' instant 0, in these simulations. */
export const WALL_ORIGIN = Date.UTC(2026, 3, 5, 6, 7, 8)

/** A machine's clock: off by so much at instant 0, and running so much too fast. */
export interface SimulatedClock {
  readonly offsetInMs: number
  readonly drift: number
}

export interface Scenario {
  /** What the adapter declares. */
  readonly clocks: Record<string, ClockDeclaration>
  /** How far node and registry really are from the front end; left out, each is anywhere within 30 s. */
  readonly skewInMs?: number
  /** How late an answer may show what has happened. Default 0. */
  readonly lateInMs?: number
  /** Whether the adapter takes an answer's silence for "not yet". Default false. */
  readonly immediate?: boolean
  /** How many answers of the front end other starts had before. Default 0. */
  readonly seeds?: number
}

export interface SimulatedStart {
  readonly timeline: Timeline
  /** What really happened when, in microseconds since `requested`. */
  readonly truth: ReadonlyMap<Mark, number>
}

/** The machine that stamps each mark, by its own clock, in whole seconds. */
const STAMPED: readonly (readonly [Mark, string])[] = [
  ['scheduled', 'front-end'],
  ['pull-started', 'registry'],
  ['pull-started', 'node'],
  ['pull-ended', 'node'],
  ['created', 'node'],
  ['started', 'node'],
]

/** What an answer about the container shows. */
const SHOWN: readonly Mark[] = ['scheduled', 'addressed', 'created', 'started']

/** One start on a cloud of several machines, each with a clock of its own, polled as adapters do and probed until it is ready. */
export function simulateStart(random: Random, scenario: Scenario): SimulatedStart {
  const requestedAt = random.between(0, 60_000)
  const truth = happen(random, requestedAt)
  const clocks = setClocks(random, scenario.skewInMs)
  const recorder = new TimelineRecorder({ requestedAt, clocks: scenario.clocks, wallOriginInMs: WALL_ORIGIN })
  for (let seed = 0; seed < (scenario.seeds ?? 0); seed++) {
    recorder.addDate(answer(random, clocks, requestedAt - random.between(0, 50_000)))
  }

  const accepted = at(truth, 'accepted')
  const acceptedBy = accepted + random.between(5, 60)
  recorder.add({
    kind: 'sighting',
    mark: 'accepted',
    source: 'create answer',
    earliest: requestedAt,
    latest: acceptedBy,
  })
  const runningAt = poll(random, recorder, truth, clocks, acceptedBy, scenario)
  for (const [mark, machine] of STAMPED) {
    recorder.add(stamp(mark, machine, clocks, at(truth, mark)), runningAt)
  }
  const bounds = readinessBounds(probe(random, runningAt, at(truth, 'ready')))
  if (bounds !== undefined) recorder.detected(bounds, { source: 'http probe' })
  const sinceRequested = [...truth].map(([mark, instant]) => [mark, (instant - requestedAt) * 1000] as const)
  return { timeline: recorder.timeline, truth: new Map(sinceRequested) }
}

function happen(random: Random, requestedAt: Instant): Map<Mark, Instant> {
  const truth = new Map<Mark, Instant>()
  let now = requestedAt
  const after = (mark: Mark, least: number, most: number) => {
    now += random.between(least, most)
    truth.set(mark, now)
  }
  after('accepted', 50, 400)
  after('scheduled', 100, 3_000)
  after('pull-started', 300, 3_000)
  after('pull-ended', 500, 20_000)
  after('created', 50, 1_500)
  after('started', 20, 1_500)
  truth.set('addressed', random.between(at(truth, 'scheduled'), now))
  after('connected', 50, 3_000)
  after('ready', 1, 1_000)
  return truth
}

function setClocks(random: Random, skewInMs: number | undefined): Record<string, SimulatedClock> {
  const frontEnd = { offsetInMs: random.between(-30_000, 30_000), drift: random.between(-50e-6, 50e-6) }
  const machine = (): SimulatedClock =>
    skewInMs === undefined
      ? { offsetInMs: random.between(-30_000, 30_000), drift: random.between(-50e-6, 50e-6) }
      : { offsetInMs: frontEnd.offsetInMs + random.between(-skewInMs, skewInMs), drift: frontEnd.drift }
  return { 'front-end': frontEnd, node: machine(), registry: machine() }
}

/** Asks at jittered times until an answer shows the container running; returns when that came. */
function poll(
  random: Random,
  recorder: TimelineRecorder,
  truth: ReadonlyMap<Mark, Instant>,
  clocks: Record<string, SimulatedClock>,
  from: Instant,
  { lateInMs = 0, immediate = false }: Scenario,
): Instant {
  for (let sentAt = from; ; ) {
    const sample = answer(random, clocks, sentAt)
    recorder.addDate(sample)
    const seenAt = random.between(sentAt, sample.receivedAt) - random.between(0, lateInMs)
    for (const mark of SHOWN) {
      const times =
        seenAt >= at(truth, mark) ? { latest: sample.receivedAt } : immediate ? { earliest: sentAt } : {}
      recorder.add({ kind: 'sighting', mark, source: 'describe answer', ...times })
    }
    if (seenAt >= at(truth, 'started')) return sample.receivedAt
    sentAt = Math.max(sample.receivedAt, sentAt + random.between(600, 1_400))
  }
}

/** One answer of the front end, as far as its clock goes. */
export function answer(random: Random, clocks: Record<string, SimulatedClock>, sentAt: Instant): DateSample {
  const receivedAt = sentAt + random.between(20, 150)
  const dated = read(clocks['front-end'], random.between(sentAt, receivedAt))
  return {
    machine: 'front-end',
    sentAt,
    receivedAt,
    date: new Date(Math.floor(dated / 1000) * 1000).toUTCString(),
  }
}

/** What a machine's clock shows at an instant, in milliseconds since the epoch. */
export function read(clock: SimulatedClock | undefined, instant: Instant): number {
  return WALL_ORIGIN + instant * (1 + (clock?.drift ?? 0)) + (clock?.offsetInMs ?? 0)
}

function stamp(
  mark: Mark,
  machine: string,
  clocks: Record<string, SimulatedClock>,
  instant: Instant,
): StampEvidence & Evidence {
  const timeInMicros = Math.floor(read(clocks[machine], instant) / 1000) * 1_000_000
  return {
    kind: 'stamp',
    mark,
    machine,
    source: `${machine} stamp`,
    timeInMicros,
    resolutionInMicros: 1_000_000,
  }
}

/** Probes every 25 ms, each attempt refused or answered 5 ms after it was sent. */
export function probe(random: Random, from: Instant, readyAt: Instant): ProbeAttempt[] {
  const attempts: ProbeAttempt[] = []
  for (let sentAt = from; ; sentAt += 25) {
    const arrivedAt = sentAt + random.between(1, 4)
    const outcome = arrivedAt >= readyAt ? 'success' : 'explicit-failure'
    attempts.push({ sentAt, endedAt: sentAt + 5, outcome })
    if (outcome === 'success') return attempts
  }
}

function at(truth: ReadonlyMap<Mark, Instant>, mark: Mark): Instant {
  return truth.get(mark) ?? Number.NaN
}
