import { type Found, readOwnershipTags } from '@berth/core'
import { observeGroup } from './map-process-state.ts'
import type { GroupSnapshot } from './runner/index.ts'

/** A group of the runner as one of our runs; null where it carries no tags of ours: the runner serves others too. */
export function foundGroup(group: GroupSnapshot): Found | null {
  const tags = readOwnershipTags(group.labels)
  if (tags === undefined) return null
  const labels = Object.fromEntries(Object.entries(group.labels).filter(([key]) => !key.startsWith('berth-')))
  const main = group.containers.find(({ name }) => name === 'main')
  return {
    ref: group.name,
    tags,
    labels,
    createdAt: new Date(group.createdAtInUs / 1_000),
    image: main?.image,
    tcpPorts: group.ports
      .filter(({ container }) => container === 'main')
      .map(({ containerPort }) => containerPort),
    priced: { containers: [], spot: false, architecture: undefined, expose: 'local', region: undefined },
    observation: observeGroup(group, performance.now()),
    complete: group.phase !== 'lost',
    parts: [`process group ${group.name}`],
  }
}
