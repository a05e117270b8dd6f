import {
  type FindQuery,
  type Found,
  type Observation,
  type OwnershipTags,
  readOwnershipTags,
} from '@berth/core'
import { type DockerHost, viewOf } from './docker-host.ts'
import {
  type Labels,
  readContainer,
  readExposure,
  readNumber,
  readPorts,
  readRole,
  readUserLabels,
} from './docker-labels.ts'
import { effectiveTags, leaseRecords } from './docker-leases.ts'
import { MAIN } from './docker-names.ts'
import type { ContainerSummary, Volume } from './engine/index.ts'
import { locateEngine } from './engine-location.ts'
import { mapDockerSummaries } from './map-docker-summary.ts'
import { pollGroup } from './poll-groups.ts'

/**
 * Every run of ours by its labels, in two calls however many there are; volumes and lease records whose containers are gone are runs too,
 * so that a sweep finds them. One that is asked for by itself is inspected besides, for what a list does not tell (restarts, exact times).
 */
export async function* findGroups(
  host: DockerHost,
  query: FindQuery,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  const filters = { label: labelFilter(query) }
  const [endpoint, containers, volumes] = await Promise.all([
    host.engine.endpoint(),
    host.engine.containers.list({ all: true, filters, signal }),
    host.engine.volumes.list({ filters, signal }),
  ])
  const location = locateEngine(endpoint)
  const isSingle = query.ref !== undefined || query.name !== undefined
  const groups = groupByRun(containers, volumes)
  if (query.tokenHash === undefined && !isSingle) {
    // A list of all is the time to forget those that are no more.
    for (const ref of host.views.keys()) if (!groups.has(ref)) host.views.delete(ref)
  }
  for (const [ref, group] of groups) {
    // A record may be there of a run that somebody has just removed: asked for its state it tells.
    const observation =
      isSingle && group.containers.length > 0
        ? await pollGroup(host, ref, signal)
        : mapDockerSummaries(ref, group.containers, location)
    // Whoever holds it from now on hears of it. What a list does not tell is asked for then.
    if (!isSingle && !host.views.has(ref)) host.views.set(ref, { ...viewOf(observation), stale: true })
    yield foundOf(ref, group, observation)
  }
}

interface Group {
  readonly containers: ContainerSummary[]
  readonly volumes: Volume[]
}

function labelFilter({ ref, name, tokenHash }: FindQuery): string[] {
  const run = ref ?? name
  const filters = [
    ...(run === undefined ? [] : [`berth-run=${run}`]),
    ...(tokenHash === undefined ? [] : [`berth-token=${tokenHash}`]),
  ]
  return filters.length > 0 ? filters : ['berth-run']
}

function groupByRun(containers: readonly ContainerSummary[], volumes: readonly Volume[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  const groupOf = (labels: Labels | null): Group | undefined => {
    const ref = labels?.['berth-run']
    if (!ref) return undefined
    const group = groups.get(ref) ?? { containers: [], volumes: [] }
    groups.set(ref, group)
    return group
  }
  for (const container of containers) groupOf(container.Labels)?.containers.push(container)
  for (const volume of volumes) groupOf(volume.Labels)?.volumes.push(volume)
  return groups
}

function foundOf(ref: string, { containers, volumes }: Group, observation: Observation): Found {
  const members = containers.filter(({ Labels }) => readRole(Labels ?? {}) !== 'network')
  const main = members.find(({ Labels }) => readContainer(Labels ?? {}) === MAIN)
  const labels = (main ?? containers[0])?.Labels ?? volumes[0]?.Labels ?? {}
  const made = readOwnershipTags(labels) ?? ({ 'berth-run': ref } as OwnershipTags)
  return {
    ref,
    tags: effectiveTags(made, leaseRecords(volumes, ref)),
    labels: readUserLabels(labels),
    createdAt: createdAt(main ? [main] : containers, volumes),
    image: main?.Image,
    tcpPorts: readPorts(main?.Labels ?? {}).flatMap(({ port, protocol }) =>
      protocol === 'tcp' ? [port] : [],
    ),
    priced: {
      containers: members.map(({ Labels }) => ({
        cpu: readNumber(Labels ?? {}, 'berth-cpu'),
        memoryInBytes: readNumber(Labels ?? {}, 'berth-memory'),
        ports: readPorts(Labels ?? {}).map((port) => ({ ...port, publish: undefined })),
      })),
      spot: false,
      architecture: undefined,
      expose: readExposure(labels),
      region: undefined,
    },
    observation,
    // Made and never started: whoever made it has died or given up in between.
    complete: main !== undefined && main.State !== 'created',
    parts: [
      ...containers.map(({ Names, Id }) => `container ${Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12)}`),
      ...volumes.map(({ Name }) => `volume ${Name}`),
    ],
  }
}

/** When the main container was made, or what is left of the run. */
function createdAt(containers: readonly ContainerSummary[], volumes: readonly Volume[]): Date {
  const times = [
    ...containers.map(({ Created }) => Created * 1_000),
    ...(containers.length > 0 ? [] : volumes.map(({ CreatedAt }) => Date.parse(CreatedAt ?? ''))),
  ].filter((time) => time > 0)
  return new Date(times.length > 0 ? Math.min(...times) : Date.now())
}
