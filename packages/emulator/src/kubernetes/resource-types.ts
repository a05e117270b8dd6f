import type { ResourceName } from './objects/objects.ts'
import type { ResourceType } from './resource-type.ts'
import { eventFields, podFields, secretFields } from './rest/selectable-fields.ts'

const core = { group: '', version: 'v1' } as const

/** What the API serves. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  {
    ...core,
    resource: 'configmaps',
    singular: 'configmap',
    kind: 'ConfigMap',
    namespaced: true,
    shortNames: ['cm'],
  },
  {
    ...core,
    resource: 'endpoints',
    singular: 'endpoints',
    kind: 'Endpoints',
    namespaced: true,
    shortNames: ['ep'],
  },
  {
    ...core,
    resource: 'events',
    singular: 'event',
    kind: 'Event',
    namespaced: true,
    shortNames: ['ev'],
    fields: eventFields,
  },
  {
    ...core,
    resource: 'namespaces',
    singular: 'namespace',
    kind: 'Namespace',
    namespaced: false,
    shortNames: ['ns'],
    subresources: ['status'],
  },
  {
    ...core,
    resource: 'nodes',
    singular: 'node',
    kind: 'Node',
    namespaced: false,
    shortNames: ['no'],
    subresources: ['status'],
  },
  {
    ...core,
    resource: 'pods',
    singular: 'pod',
    kind: 'Pod',
    namespaced: true,
    shortNames: ['po'],
    categories: ['all'],
    subresources: ['attach', 'exec', 'log', 'portforward', 'status'],
    fields: podFields,
  },
  {
    ...core,
    resource: 'secrets',
    singular: 'secret',
    kind: 'Secret',
    namespaced: true,
    fields: secretFields,
  },
  {
    ...core,
    resource: 'serviceaccounts',
    singular: 'serviceaccount',
    kind: 'ServiceAccount',
    namespaced: true,
    shortNames: ['sa'],
  },
  {
    ...core,
    resource: 'services',
    singular: 'service',
    kind: 'Service',
    namespaced: true,
    shortNames: ['svc'],
    categories: ['all'],
    subresources: ['status'],
  },
  {
    group: 'coordination.k8s.io',
    version: 'v1',
    resource: 'leases',
    singular: 'lease',
    kind: 'Lease',
    namespaced: true,
  },
]

export function resourceType(name: ResourceName): ResourceType {
  const found = RESOURCE_TYPES.find(({ resource }) => resource === name)
  if (!found) throw new Error(`there is no resource ${name}`)
  return found
}
