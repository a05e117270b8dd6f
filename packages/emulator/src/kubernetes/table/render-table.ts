import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ResourceType } from '../resource-type.ts'
import { columnsOf } from './table-columns.ts'

export interface TableOptions {
  readonly metadata: object
  readonly version: 'v1' | 'v1beta1'
  readonly now: number
}

/** Objects as rows, each with the object's metadata beside: what kubectl prints. */
export function renderTable(
  objects: readonly KubernetesObject[],
  { resource }: ResourceType,
  { metadata, version, now }: TableOptions,
): object {
  const apiVersion = `meta.k8s.io/${version}`
  const columns = columnsOf(resource)
  return {
    kind: 'Table',
    apiVersion,
    metadata,
    columnDefinitions: columns.map(
      ({ name, type = 'string', format = '', description = '', priority = 0 }) => ({
        name,
        type,
        format,
        description,
        priority,
      }),
    ),
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object, now)),
      object: { kind: 'PartialObjectMetadata', apiVersion, metadata: object.metadata },
    })),
  }
}
