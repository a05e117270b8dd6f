import type { KubernetesObject, OwnerReference } from '../objects/kubernetes-object.ts'
import type { ResourceName } from '../objects/objects.ts'
import { RESOURCE_TYPES } from '../resource-types.ts'
import { apiVersionOf } from '../rest/api-version.ts'
import { removeObject } from '../rest/remove-object.ts'
import type { RestParts } from '../rest/rest-parts.ts'

/** Removes what no owner is left of, as soon as the last one is gone, and what names an owner that was never there. */
export function collectGarbage(parts: RestParts): void {
  for (const { resource } of RESOURCE_TYPES) {
    parts.store.subscribe(resource, ({ type, object }) => {
      if (type === 'DELETED') later(() => collectDependents(object, parts))
      else if ((object.metadata.ownerReferences ?? []).length > 0)
        later(() => collect(resource, object, parts))
    })
  }
}

/** The collector learns of changes as every other client does: after their answers. */
function later(work: () => void): void {
  setImmediate(work)
}

function collectDependents({ metadata: { uid } }: KubernetesObject, parts: RestParts): void {
  for (const { resource } of RESOURCE_TYPES) {
    const objects: readonly KubernetesObject[] = parts.store.list(resource)
    for (const object of objects)
      if (object.metadata.ownerReferences?.some((owner) => owner.uid === uid))
        collect(resource, object, parts)
  }
}

function collect(resource: ResourceName, seen: KubernetesObject, parts: RestParts): void {
  const { namespace, name, uid } = seen.metadata
  const object: KubernetesObject | undefined = parts.store.get(resource, namespace, name)
  if (object === undefined || object.metadata.uid !== uid || object.metadata.deletionTimestamp) return
  const owners = object.metadata.ownerReferences ?? []
  if (owners.length === 0 || owners.some((owner) => isThere(owner, namespace, parts))) return
  removeObject(parts, resource, object)
}

/** An owner of a kind that is not served cannot be looked for, and counts as there. */
function isThere(owner: OwnerReference, namespace: string | undefined, { store }: RestParts): boolean {
  const type = RESOURCE_TYPES.find((one) => one.kind === owner.kind && apiVersionOf(one) === owner.apiVersion)
  if (type === undefined) return true
  const found = store.get(type.resource, type.namespaced ? namespace : undefined, owner.name)
  return found?.metadata.uid === owner.uid
}
