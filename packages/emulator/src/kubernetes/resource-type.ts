import type { KubernetesObject } from './objects/kubernetes-object.ts'
import type { ResourceName } from './objects/objects.ts'

/** One kind of object that the API serves. */
export interface ResourceType {
  /** Empty: the core. */
  readonly group: string
  readonly version: string
  readonly resource: ResourceName
  readonly singular: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly subresources?: readonly string[]
  /** What a field selector can ask for, beside name and namespace. */
  readonly fields?: (object: KubernetesObject) => Readonly<Record<string, string>>
}
