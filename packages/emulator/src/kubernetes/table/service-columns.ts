import type { Service } from '../objects/objects.ts'
import type { TableColumn } from './table-column.ts'

export function serviceColumns(name: TableColumn, age: TableColumn): readonly TableColumn<Service>[] {
  return [
    name,
    { name: 'Type', cell: ({ spec }) => spec.type ?? '' },
    { name: 'Cluster-IP', cell: ({ spec }) => spec.clusterIP || '<none>' },
    { name: 'External-IP', cell: externalAddress },
    { name: 'Port(s)', cell: portsOf },
    age,
    { name: 'Selector', priority: 1, cell: ({ spec }) => selectorOf(spec.selector) },
  ]
}

function externalAddress({ spec, status }: Service): string {
  if (spec.type === 'ExternalName') return spec.externalName ?? ''
  if (spec.type !== 'LoadBalancer') return '<none>'
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip)
  return addresses.length === 0 ? '<pending>' : addresses.join(',')
}

function portsOf({ spec: { ports = [] } }: Service): string {
  const told = ports.map(({ port, nodePort, protocol = 'TCP' }) =>
    nodePort === undefined ? `${port}/${protocol}` : `${port}:${nodePort}/${protocol}`,
  )
  return told.join(',') || '<none>'
}

function selectorOf(selector: Readonly<Record<string, string>> = {}): string {
  const terms = Object.entries(selector).map(([key, value]) => `${key}=${value}`)
  return terms.sort().join(',') || '<none>'
}
