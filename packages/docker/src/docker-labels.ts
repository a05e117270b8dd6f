import type { Exposure, GroupPlan, OwnershipTags, PlannedContainer, PlannedPort } from '@berth/core'
import { MAIN } from './docker-names.ts'

/** What an object on the engine is to its run. */
export type DockerRole = PlannedContainer['role'] | 'network' | 'volume' | 'lease'

/** Labels as the engine tells them. */
export type Labels = Readonly<Record<string, string>>

/** The labels of one container: the user's, the tags of ownership, and what another process needs to read the run again. */
export function containerLabels(
  plan: GroupPlan,
  container: Pick<PlannedContainer, 'name' | 'ports'> &
    Partial<Pick<PlannedContainer, 'cpu' | 'memoryInBytes'>>,
  role: DockerRole,
): Labels {
  const members = [...plan.containers, ...plan.initContainers].map(({ name }) => name)
  const userKeys = Object.keys(plan.labels)
  return {
    ...plan.labels,
    ...plan.tags,
    'berth-role': role,
    'berth-container': container.name,
    'berth-restart': plan.restart,
    'berth-expose': plan.expose ?? 'local',
    ...(members.length > 1 && { 'berth-members': members.join(',') }),
    ...(container.ports.length > 0 && { 'berth-ports': writePorts(container.ports) }),
    ...(container.cpu !== undefined && { 'berth-cpu': String(container.cpu) }),
    ...(container.memoryInBytes !== undefined && { 'berth-memory': String(container.memoryInBytes) }),
    // The image's own labels stand among the container's: only this tells which are the user's.
    ...(userKeys.length > 0 && { 'berth-labels': JSON.stringify(userKeys) }),
  }
}

/** The labels of an object that holds no container: a volume or a lease. */
export function volumeLabels(tags: OwnershipTags, role: DockerRole): Labels {
  return { ...tags, 'berth-role': role }
}

/** The user's own labels. */
export function readUserLabels(labels: Labels): Labels {
  const keys = readKeys(labels['berth-labels'])
  return Object.fromEntries(keys.flatMap((key) => (key in labels ? [[key, labels[key] ?? '']] : [])))
}

export function readRole(labels: Labels): DockerRole {
  return (labels['berth-role'] ?? 'main') as DockerRole
}

/** The container's name within its group. */
export function readContainer(labels: Labels): string {
  return labels['berth-container'] ?? MAIN
}

/** The names of all containers of a group, init containers included; only the main one for a run that is no group. */
export function readMembers(labels: Labels): readonly string[] {
  return labels['berth-members']?.split(',') ?? [MAIN]
}

export function readPorts(labels: Labels): readonly Pick<PlannedPort, 'port' | 'protocol'>[] {
  const texts = labels['berth-ports']?.split(',') ?? []
  return texts.flatMap((text) => {
    const [port, protocol] = text.split('/')
    return Number(port) > 0 ? [{ port: Number(port), protocol: protocol === 'udp' ? 'udp' : 'tcp' }] : []
  })
}

export function readExposure(labels: Labels): Exposure {
  const written = labels['berth-expose']
  return written === 'private' || written === 'public' ? written : 'local'
}

export function readNumber(labels: Labels, label: 'berth-cpu' | 'berth-memory'): number | undefined {
  const number = Number(labels[label])
  return Number.isFinite(number) ? number : undefined
}

function writePorts(ports: readonly PlannedPort[]): string {
  return ports.map(({ port, protocol }) => `${port}/${protocol}`).join(',')
}

function readKeys(text: string | undefined): readonly string[] {
  try {
    const keys: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}
