import type { KubernetesObject } from './objects/kubernetes-object.ts'
import type { Namespace, ResourceName } from './objects/objects.ts'
import { RESOURCE_TYPES } from './resource-types.ts'
import { removeObject } from './rest/remove-object.ts'
import type { RestParts } from './rest/rest-parts.ts'
import type { Strategy } from './rest/strategy.ts'

const KEEPER = 'kubernetes'

export const namespaceStrategy: Strategy<Namespace> = {
  prepareForCreate: (namespace) => ({
    ...namespace,
    metadata: {
      ...namespace.metadata,
      labels: { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': namespace.metadata.name },
    },
    spec: { finalizers: [KEEPER] },
    status: { phase: 'Active' },
  }),
  // It is only marked: whoever empties it removes it.
  graceInSeconds: ({ metadata, spec }) => (metadata.deletionTimestamp && !spec?.finalizers?.length ? 0 : 1),
  tellsDeleted: true,
}

/** Empties each namespace that is to go, and removes it once nothing is left in it. */
export function emptyNamespaces(parts: RestParts): void {
  const { store } = parts
  store.subscribe('namespaces', ({ type, object }) => {
    if (type === 'MODIFIED' && object.metadata.deletionTimestamp) setImmediate(() => empty(object, parts))
  })
  for (const { resource, namespaced } of RESOURCE_TYPES) {
    if (!namespaced) continue
    store.subscribe(resource, ({ type, object }) => {
      const name = object.metadata.namespace ?? ''
      if (type === 'DELETED' && store.get('namespaces', undefined, name)?.metadata.deletionTimestamp)
        setImmediate(() => removeIfEmpty(name, parts))
    })
  }
}

function empty(namespace: Namespace, parts: RestParts): void {
  const { name } = namespace.metadata
  for (const [resource, object] of contentsOf(name, parts))
    if (!object.metadata.deletionTimestamp) removeObject(parts, resource, object)
  removeIfEmpty(name, parts)
}

function removeIfEmpty(name: string, parts: RestParts): void {
  const { store } = parts
  const namespace = store.get('namespaces', undefined, name)
  if (!namespace) return
  if (contentsOf(name, parts).length === 0) store.remove('namespaces', namespace)
  else store.replace('namespaces', { ...namespace, status: { phase: 'Terminating' } })
}

function contentsOf(
  namespace: string,
  { store }: RestParts,
): readonly (readonly [ResourceName, KubernetesObject])[] {
  return RESOURCE_TYPES.filter(({ namespaced }) => namespaced).flatMap(({ resource }) =>
    store.list(resource, namespace).map((object) => [resource, object] as const),
  )
}
