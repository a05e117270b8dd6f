import type {
  ConfigMap,
  Endpoints,
  Event,
  Lease,
  Namespace,
  Node,
  ObjectsByResource,
  ResourceName,
  Secret,
} from '../objects/objects.ts'
import { formatAge } from './format-age.ts'
import { podColumns } from './pod-columns.ts'
import { serviceColumns } from './service-columns.ts'
import type { TableColumn } from './table-column.ts'

const NAME: TableColumn = { name: 'Name', format: 'name', cell: ({ metadata }) => metadata.name }
const AGE: TableColumn = {
  name: 'Age',
  cell: ({ metadata }, now) => formatAge(metadata.creationTimestamp, now),
}

const namespaces: readonly TableColumn<Namespace>[] = [
  NAME,
  { name: 'Status', cell: ({ status }) => status?.phase ?? '' },
  AGE,
]

const nodes: readonly TableColumn<Node>[] = [
  NAME,
  { name: 'Status', cell: statusOfNode },
  { name: 'Roles', cell: rolesOfNode },
  AGE,
  { name: 'Version', cell: ({ status }) => status?.nodeInfo?.kubeletVersion ?? '' },
  { name: 'Internal-IP', priority: 1, cell: (node) => addressOfNode(node, 'InternalIP') },
  { name: 'External-IP', priority: 1, cell: (node) => addressOfNode(node, 'ExternalIP') },
  { name: 'OS-Image', priority: 1, cell: ({ status }) => status?.nodeInfo?.osImage ?? '<unknown>' },
  { name: 'Kernel-Version', priority: 1, cell: ({ status }) => status?.nodeInfo?.kernelVersion ?? '' },
  {
    name: 'Container-Runtime',
    priority: 1,
    cell: ({ status }) => status?.nodeInfo?.containerRuntimeVersion ?? '',
  },
]

const endpoints: readonly TableColumn<Endpoints>[] = [
  NAME,
  { name: 'Endpoints', cell: ({ subsets = [] }) => addressesOf(subsets) },
  AGE,
]

const secrets: readonly TableColumn<Secret>[] = [
  NAME,
  { name: 'Type', cell: ({ type }) => type ?? 'Opaque' },
  { name: 'Data', cell: ({ data }) => String(Object.keys(data ?? {}).length) },
  AGE,
]

const configmaps: readonly TableColumn<ConfigMap>[] = [
  NAME,
  {
    name: 'Data',
    cell: ({ data, binaryData }) => String(Object.keys({ ...data, ...binaryData }).length),
  },
  AGE,
]

const leases: readonly TableColumn<Lease>[] = [
  NAME,
  { name: 'Holder', cell: ({ spec }) => spec?.holderIdentity ?? '' },
  AGE,
]

const events: readonly TableColumn<Event>[] = [
  { name: 'Last Seen', cell: (event, now) => formatAge(event.lastTimestamp ?? event.eventTime, now) },
  { name: 'Type', cell: ({ type }) => type ?? '' },
  { name: 'Reason', cell: ({ reason }) => reason ?? '' },
  { name: 'Object', cell: ({ involvedObject: { kind = '', name } }) => `${kind.toLowerCase()}/${name}` },
  { name: 'Subobject', priority: 1, cell: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
  {
    name: 'Source',
    priority: 1,
    cell: ({ source, reportingComponent }) =>
      [source?.component ?? reportingComponent, source?.host].filter(Boolean).join(', '),
  },
  { name: 'Message', cell: ({ message }) => message?.trim() ?? '' },
  {
    name: 'First Seen',
    priority: 1,
    cell: (event, now) => formatAge(event.firstTimestamp ?? event.eventTime, now),
  },
  { name: 'Count', priority: 1, cell: ({ count }) => String(count ?? 1) },
  { name: 'Name', priority: 1, format: 'name', cell: ({ metadata }) => metadata.name },
]

const COLUMNS: { readonly [R in ResourceName]: readonly TableColumn<ObjectsByResource[R]>[] } = {
  namespaces,
  nodes,
  pods: podColumns(NAME, AGE),
  services: serviceColumns(NAME, AGE),
  endpoints,
  secrets,
  configmaps,
  serviceaccounts: [NAME, { name: 'Secrets', cell: () => 0 }, AGE],
  events,
  leases,
}

export function columnsOf(resource: ResourceName): readonly TableColumn[] {
  return COLUMNS[resource] as readonly TableColumn[]
}

function statusOfNode({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
  return `${ready ? 'Ready' : 'NotReady'}${spec?.unschedulable ? ',SchedulingDisabled' : ''}`
}

function rolesOfNode({ metadata }: Node): string {
  const prefix = 'node-role.kubernetes.io/'
  const roles = Object.keys(metadata.labels ?? {}).flatMap((label) =>
    label.startsWith(prefix) ? [label.slice(prefix.length)] : [],
  )
  return roles.sort().join(',') || '<none>'
}

function addressOfNode({ status }: Node, wanted: string): string {
  return status?.addresses?.find(({ type }) => type === wanted)?.address ?? '<none>'
}

/** The first three, and how many more there are. */
function addressesOf(subsets: NonNullable<Endpoints['subsets']>): string {
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => (ports.length === 0 ? [ip] : ports.map(({ port }) => `${ip}:${port}`))),
  )
  if (all.length === 0) return '<none>'
  return all.length > 3 ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...` : all.join(',')
}
