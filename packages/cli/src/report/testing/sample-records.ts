import type { Cost, Evidence, Mark, RateTable, TimelineJson } from '@berth/core'
import type { ReadinessBounds } from '../../../../core/src/timeline/readiness-bounds.ts'
import { TimelineRecorder } from '../../../../core/src/timeline/timeline-recorder.ts'
import type { ReportClient, StartError, StartRecord } from '../start-record.ts'

const NOON = Date.UTC(2026, 10, 23, 12)

export const CLIENT: ReportClient = {
  berth: '0.1.0',
  node: 'v24.21.0',
  platform: 'linux',
  architecture: 'x64',
  cpus: 2,
}

/** When the sample reports are made. */
export const CREATED_AT = new Date(NOON + 60_000).toISOString()

/** A start on a local Engine whose image was there. */
export function dockerStart(more: Partial<StartRecord> = {}): StartRecord {
  const timeline = timelineOf(
    [
      seen('accepted', 'create answer', undefined, 9.8),
      seen('created', 'create answer', 7.9, 9.8),
      seen('started', 'start answer', 208.4, 213.1),
      seen('addressed', 'inspect answer', undefined, 214.9),
    ],
    { upper: 231.456, lower: 227.912, unsteady: false },
  )
  return record({
    provider: 'docker',
    adapter: 'docker',
    timeline,
    place: 'unix:///var/run/docker.sock',
    ...more,
  })
}

/** A start as a child process. */
export function processStart(more: Partial<StartRecord> = {}): StartRecord {
  const timeline = timelineOf(
    [
      seen('created', 'spawn', 0.4, 0.6),
      seen('started', 'spawn event', 2.1, 2.4),
      seen('addressed', 'catalogue', undefined, 0.6),
    ],
    { upper: 98.221, lower: 96.114, unsteady: false },
  )
  return record({ provider: 'process', adapter: 'process', timeline, ...more })
}

/** A start on a cloud that stamps whole seconds by a clock of its own, with a sidecar, paid for. Emulated. */
export function cloudStart(more: Partial<StartRecord> = {}): StartRecord {
  const timeline = timelineOf(
    [
      seen('accepted', 'create answer', 310, 1_204),
      stamp('scheduled', 'event Scheduled', 2),
      stamp('pull-started', 'event Pulling', 7),
      stamp('pull-ended', 'event Pulled', 27),
      stamp('started', 'event Started', 29),
      stamp('started', 'event Started', 31, 'proxy'),
      stamp('pull-started', 'event Pulling', 8, 'proxy'),
      stamp('pull-ended', 'event Pulled', 19, 'proxy'),
      seen('addressed', 'poll', undefined, 33_400),
    ],
    { upper: 45_120.4, lower: 45_118.2, unsteady: false },
  )
  const rates: RateTable = {
    currency: 'USD',
    items: [
      { what: 'vCPU', quantity: 1, unit: 'vCPU', pricePerHour: 0.0405 },
      { what: 'memory', quantity: 1.5, unit: 'GB', pricePerHour: 0.00445 },
    ],
    billedFrom: 'pull-started',
    billedUntil: 'stopped',
    source: 'https://azure.microsoft.com/pricing/details/container-instances/',
    date: '2026-11-20',
    excludes: ['egress'],
  }
  const cost: Cost = {
    currency: 'USD',
    amount: 0.000504,
    atLeast: 0.000491,
    atMost: 0.000517,
    perHour: 0.047175,
    billedSeconds: 38.1,
    running: true,
    rates,
  }
  return record({
    provider: 'azure',
    adapter: 'aci',
    emulated: true,
    emulation: 'recorded profile (2019, n = 8), 10 times faster',
    timeline,
    cost,
    place: 'westus2',
    url: 'http://20.112.4.7',
    notes: ['rounded memory up from 1.4 GB to 1.5 GB, the nearest that Azure Container Instances sells'],
    ...more,
  })
}

/** A start that answered and then failed again. */
export function unsteadyStart(more: Partial<StartRecord> = {}): StartRecord {
  const timeline = timelineOf(
    [seen('created', 'create answer', 5, 8), seen('started', 'start answer', 190, 196)],
    { upper: 402.5, unsteady: true },
  )
  return record({ provider: 'swarm', adapter: 'docker', timeline, ...more })
}

/** A start of which silent probes alone tell when it became ready. */
export function inferredStart(more: Partial<StartRecord> = {}): StartRecord {
  const timeline = timelineOf(
    [seen('created', 'create answer', 5, 8), seen('started', 'start answer', 190, 196)],
    { upper: 402.5, inferred: 380, unsteady: false },
  )
  return record({ provider: 'edge', adapter: 'docker', timeline, ...more })
}

/** A start whose container ended at once. */
export function failedStart(more: Partial<StartRecord> = {}): StartRecord {
  const timeline = timelineOf([
    seen('accepted', 'create answer', undefined, 9.8),
    seen('created', 'create answer', 7.9, 9.8),
    seen('started', 'start answer', 158.4, 163.1),
    seen('exited', 'event die', 171.2, 174.9),
  ])
  const error: StartError = {
    code: 'exited',
    message:
      'nginx on remote ended with exit code 1 before it was ready; its last lines say why: fix the configuration that it names and start again',
    retryable: false,
    operation: 'ready',
    requestId: '6f2c-11ab',
    evidence: {
      probe: 'GET http://127.0.0.1:32768/ was refused',
      exitCode: 1,
      events: ['Warning die: container ended with exit code 1'],
      logs: [
        '/docker-entrypoint.sh: Configuration complete; ready for start up',
        'nginx: [emerg] unknown directive "lisen" in /etc/nginx/conf.d/default.conf:2',
      ],
      left: ['remote/3f1c9a'],
    },
  }
  return record({ provider: 'remote', adapter: 'docker', timeline, status: 'failed', error, ...more })
}

/** A start whose request was never sent. */
export function refusedStart(more: Partial<StartRecord> = {}): StartRecord {
  return record({
    provider: 'ecs',
    adapter: 'ecs',
    id: null,
    cost: null,
    timeline: null,
    status: 'failed',
    error: {
      code: 'authentication',
      message: 'no credentials for ecs in eu-west-1: run `aws configure`, or set AWS_PROFILE',
      retryable: false,
      evidence: { events: [], logs: [] },
    },
    ...more,
  })
}

/** A pull of twenty seconds beside a creation of two milliseconds. */
export function lopsidedStart(more: Partial<StartRecord> = {}): StartRecord {
  const timeline = timelineOf(
    [
      seen('pull-started', 'pull stream', 1.1, 3.4),
      seen('pull-ended', 'pull stream', 20_340.1, 20_342.2),
      seen('created', 'create answer', 20_343.6, 20_344.8),
      seen('started', 'start answer', 20_540, 20_545),
    ],
    { upper: 20_560.1, lower: 20_557.7, unsteady: false },
  )
  return record({ provider: 'docker', adapter: 'docker', timeline, ...more })
}

/** A record of a start at noon; local and free unless told otherwise. */
export function record(more: Partial<StartRecord>): StartRecord {
  const image = more.image ?? '127.0.0.1:5000/nginx:1'
  return {
    provider: 'docker',
    adapter: 'docker',
    emulated: false,
    image,
    id: `${more.provider ?? 'docker'}/3f1c9a`,
    status: 'ready',
    timeline: null,
    cost: FREE,
    requestedAt: new Date(NOON).toISOString(),
    probe: 'http :80/',
    notes: [],
    ...more,
  }
}

const FREE: Cost = {
  currency: 'USD',
  amount: 0,
  atLeast: 0,
  atMost: 0,
  perHour: 0,
  billedSeconds: 0.2,
  running: true,
  rates: {
    currency: 'USD',
    items: [],
    billedFrom: 'started',
    billedUntil: 'exited',
    source: 'this machine: nobody bills for it',
    date: '2026-11-23',
  },
}

/** The timeline that the recorder makes of this evidence, as data. */
export function timelineOf(evidence: readonly Evidence[], ready?: ReadinessBounds): TimelineJson {
  const recorder = new TimelineRecorder({
    requestedAt: 0,
    mainContainer: 'main',
    clocks: { node: { skewInMs: 200, against: 'client' } },
    wallOriginInMs: NOON,
  })
  for (const piece of evidence) recorder.add(piece, 1e9)
  if (ready !== undefined) recorder.detected(ready, { source: 'http probe' })
  return JSON.parse(JSON.stringify(recorder.timeline))
}

/** Seen between two instants, in milliseconds. */
export function seen(mark: Mark, source: string, earliest: number | undefined, latest: number): Evidence {
  return { kind: 'sighting', mark, source, earliest, latest }
}

/** Stamped in whole seconds by a machine of the cloud. */
function stamp(mark: Mark, source: string, second: number, container?: string): Evidence {
  const timeInMicros = NOON * 1_000 + second * 1_000_000
  return {
    kind: 'stamp',
    mark,
    container,
    source,
    machine: 'node',
    timeInMicros,
    resolutionInMicros: 1_000_000,
  }
}
