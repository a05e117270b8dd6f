/** What every object of a cluster carries. */
export interface Metadata {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: readonly string[]
  readonly ownerReferences?: readonly OwnerReference[]
}

/** What an object goes with. */
export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
}

/** An object of which only this is asked for, so that nothing else of it comes here: a Secret's content, say. */
export interface ObjectMetadata {
  readonly metadata: Metadata
}

/** Many of them. */
export interface ObjectList<T> {
  readonly metadata: { readonly resourceVersion: string }
  /** Of none some servers write null. */
  readonly items: readonly T[] | null
}
