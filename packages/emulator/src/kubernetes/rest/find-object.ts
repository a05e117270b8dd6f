import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import { notFound } from '../status-error.ts'
import type { Target } from './read-target.ts'
import type { RestParts } from './rest-parts.ts'

/** The object that a path names. @throws StatusError where there is none */
export function findObject({ type, namespace, name = '' }: Target, { store }: RestParts): KubernetesObject {
  const found = store.get(type.resource, namespace, name)
  if (!found) throw notFound(type, name)
  return found
}
