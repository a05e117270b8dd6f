import {
  type CallContext,
  type FindQuery,
  type Found,
  type Observation,
  readOwnershipTags,
} from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { type AnsweredGroup, listGroups } from './aci-calls.ts'
import { readCreatedAt, readLabels } from './aci-tags.ts'
import type { ContainerGroup } from './arm/container-group.ts'
import { observeGroup } from './ask-group.ts'
import { getGroupPatiently } from './get-group-patiently.ts'
import { imageOf, mainOf } from './map-aci-state.ts'

/** Every run of ours by its tags. A list tells no states, so each is asked for besides; one that is wanted by name is asked for at once. */
export async function* findContainerGroups(
  account: AciAccount,
  query: FindQuery,
  context: CallContext,
): AsyncGenerator<Found> {
  const name = query.ref ?? query.name
  const found =
    name === undefined ? await askListed(account, query, context) : await askNamed(account, name, context)
  for (const each of found) {
    const tags = readOwnershipTags(each.group.tags)
    if (tags === undefined || !matches(tags, query)) continue
    const ref = each.group.name ?? tags['berth-run']
    yield foundOf(ref, each.group, await observeGroup(account, ref, each, context))
  }
}

function matches(
  tags: NonNullable<ReturnType<typeof readOwnershipTags>>,
  { tokenHash, ref, name }: FindQuery,
): boolean {
  const run = ref ?? name
  return (
    (tokenHash === undefined || tags['berth-token'] === tokenHash) &&
    (run === undefined || tags['berth-run'] === run)
  )
}

async function askNamed(account: AciAccount, name: string, context: CallContext): Promise<AnsweredGroup[]> {
  // Nothing of ours has another kind of name, and the service refuses it.
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return []
  const found = await getGroupPatiently(account, name, context)
  return found === null ? [] : [found]
}

async function askListed(
  account: AciAccount,
  query: FindQuery,
  context: CallContext,
): Promise<AnsweredGroup[]> {
  const ours = (await listGroups(account, context)).filter(({ group }) => {
    const tags = readOwnershipTags(group.tags)
    return tags !== undefined && matches(tags, query)
  })
  // A list may be old: one that is not there any more is none.
  const asked = await Promise.all(
    ours.map(async ({ group }) =>
      group.name === undefined ? null : await getGroupPatiently(account, group.name, context),
    ),
  )
  return asked.filter((each) => each !== null)
}

function foundOf(ref: string, group: ContainerGroup, observation: Observation): Found {
  const { containers, priority, ipAddress } = group.properties
  const main = mainOf(group)
  const tags = readOwnershipTags(group.tags)
  if (tags === undefined) throw new TypeError(`${ref} carries no tags of ours`)
  return {
    ref,
    tags,
    labels: readLabels(group.tags ?? {}),
    createdAt: readCreatedAt(group.tags ?? {}),
    image: imageOf(group),
    tcpPorts: (main?.properties.ports ?? []).flatMap(({ port, protocol }) =>
      protocol?.toUpperCase() === 'UDP' ? [] : [port],
    ),
    priced: {
      containers: containers.map(({ properties: { resources, ports = [] } }) => ({
        cpu: resources?.requests?.cpu,
        memoryInBytes: toBytes(resources?.requests?.memoryInGB),
        ports: ports.map(({ port, protocol }) => ({
          port,
          protocol: protocol?.toUpperCase() === 'UDP' ? ('udp' as const) : ('tcp' as const),
          publish: undefined,
        })),
      })),
      spot: priority === 'Spot',
      architecture: 'amd64',
      expose: ipAddress?.type === 'Private' ? 'private' : 'public',
      region: group.location,
    },
    observation,
    complete: true,
    parts: [`container group ${ref}`],
  }
}

function toBytes(memoryInGB: number | undefined): number | undefined {
  return memoryInGB === undefined ? undefined : Math.round(memoryInGB * 2 ** 30)
}
