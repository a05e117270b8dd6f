import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ResourceType } from '../resource-type.ts'
import { renderTable } from '../table/render-table.ts'
import { apiVersionOf } from './api-version.ts'
import type { WantedForm } from './wanted-form.ts'

export interface ListMetadata {
  readonly resourceVersion: string
  readonly continue?: string
  readonly remainingItemCount?: number
}

/** One object in the form that its reader wants. `now` is the API server's clock, in milliseconds. */
export function renderObject(
  object: KubernetesObject,
  type: ResourceType,
  form: WantedForm,
  now: number,
): object {
  const full = { kind: type.kind, apiVersion: apiVersionOf(type), ...object }
  if (form.as === 'object') return full
  if (form.as === 'metadata')
    return {
      kind: 'PartialObjectMetadata',
      apiVersion: `meta.k8s.io/${form.version}`,
      metadata: object.metadata,
    }
  const { resourceVersion = '' } = object.metadata
  return renderTable([full], type, { metadata: { resourceVersion }, version: form.version, now })
}

/** Many objects; the items of a list do not say again of what kind they are. */
export function renderList(
  objects: readonly KubernetesObject[],
  type: ResourceType,
  form: WantedForm,
  { metadata, now }: { readonly metadata: ListMetadata; readonly now: number },
): object {
  if (form.as === 'table')
    return renderTable(
      objects.map((object) => ({ kind: type.kind, apiVersion: apiVersionOf(type), ...object })),
      type,
      { metadata, version: form.version, now },
    )
  if (form.as === 'metadata')
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: `meta.k8s.io/${form.version}`,
      metadata,
      items: objects.map((object) => renderObject(object, type, form, now)),
    }
  return {
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type),
    metadata,
    items: objects.map(({ kind: _kind, apiVersion: _apiVersion, ...rest }) => rest),
  }
}
