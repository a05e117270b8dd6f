import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { toSecond } from '../cluster-time.ts'
import type { KubernetesObject } from './kubernetes-object.ts'
import type { ObjectsByResource, ResourceName } from './objects.ts'

/** One change of an object, as watches tell it. */
export interface Change<T extends KubernetesObject = KubernetesObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: T
  /** What it was before. */
  readonly before: T | undefined
  readonly version: number
}

type Listener = (change: Change) => void

export interface ObjectStoreOptions {
  /** By the API server's clock, in milliseconds. */
  readonly now: () => number
  /** How many changes of a resource are kept for watches that come back. */
  readonly keptChanges: number
}

/** Every object of the cluster, with one version that counts each change, and the last changes of each resource. */
export class ObjectStore {
  readonly #options: ObjectStoreOptions
  readonly #objects = new Map<ResourceName, Map<string, KubernetesObject>>()
  readonly #changes = new Map<ResourceName, Change[]>()
  readonly #forgotten = new Map<ResourceName, number>()
  readonly #listeners = new Map<ResourceName, Set<Listener>>()
  #version = 1

  constructor(options: ObjectStoreOptions) {
    this.#options = options
  }

  get version(): number {
    return this.#version
  }

  get<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
  ): ObjectsByResource[R] | undefined {
    return this.#of(resource).get(keyOf(namespace, name)) as ObjectsByResource[R] | undefined
  }

  /** Those of one namespace, or of all, sorted by namespace and name. */
  list<R extends ResourceName>(resource: R, namespace?: string): readonly ObjectsByResource[R][] {
    const all = [...this.#of(resource)]
    const wanted =
      namespace === undefined ? all : all.filter(([, { metadata }]) => metadata.namespace === namespace)
    return wanted
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object as ObjectsByResource[R])
  }

  /** What is there must not be: the caller has looked. */
  add<R extends ResourceName>(resource: R, object: ObjectsByResource[R]): ObjectsByResource[R] {
    const version = this.#next()
    const stored: ObjectsByResource[R] = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: object.metadata.uid ?? randomUUID(),
        creationTimestamp: toSecond(this.#options.now()),
        resourceVersion: String(version),
      },
    }
    this.#of(resource).set(keyOf(stored.metadata.namespace, stored.metadata.name), stored)
    this.#tell(resource, { type: 'ADDED', object: stored, before: undefined, version })
    return stored
  }

  /** Puts another state in an object's place. One that says the same changes nothing, and gets no new version. */
  replace<R extends ResourceName>(resource: R, object: ObjectsByResource[R]): ObjectsByResource[R] {
    const { namespace, name } = object.metadata
    const before = this.#of(resource).get(keyOf(namespace, name))
    if (before === undefined) throw new Error(`there is no ${resource} ${name} to replace`)
    const unchanged = withVersion(object, before.metadata.resourceVersion)
    if (isDeepStrictEqual(before, unchanged)) return before as ObjectsByResource[R]
    const version = this.#next()
    const stored = withVersion(object, String(version))
    this.#of(resource).set(keyOf(namespace, name), stored)
    this.#tell(resource, { type: 'MODIFIED', object: stored, before, version })
    return stored
  }

  /** Resolves to its last state. */
  remove<R extends ResourceName>(resource: R, object: ObjectsByResource[R]): ObjectsByResource[R] {
    const { namespace, name } = object.metadata
    const before = this.#of(resource).get(keyOf(namespace, name))
    this.#of(resource).delete(keyOf(namespace, name))
    const version = this.#next()
    const last = withVersion(object, String(version))
    this.#tell(resource, { type: 'DELETED', object: last, before: before ?? object, version })
    return last
  }

  /** What has changed since a version; null where that is no longer known. */
  since(resource: ResourceName, version: number): readonly Change[] | null {
    if (version < (this.#forgotten.get(resource) ?? 0)) return null
    return (this.#changes.get(resource) ?? []).filter((change) => change.version > version)
  }

  /** Calls for each change from now on, in their order, until the function that is given back is called. */
  subscribe<R extends ResourceName>(
    resource: R,
    listener: (change: Change<ObjectsByResource[R]>) => void,
  ): () => void {
    const listeners = this.#listeners.get(resource) ?? new Set()
    this.#listeners.set(resource, listeners.add(listener as Listener))
    return () => listeners.delete(listener as Listener)
  }

  #of(resource: ResourceName): Map<string, KubernetesObject> {
    const objects = this.#objects.get(resource) ?? new Map()
    this.#objects.set(resource, objects)
    return objects
  }

  #next(): number {
    this.#version += 1
    return this.#version
  }

  #tell(resource: ResourceName, change: Change): void {
    const changes = this.#changes.get(resource) ?? []
    this.#changes.set(resource, changes)
    changes.push(change)
    for (let extra = changes.length - this.#options.keptChanges; extra > 0; extra -= 1)
      this.#forgotten.set(resource, changes.shift()?.version ?? 0)
    for (const listener of this.#listeners.get(resource) ?? []) listener(change)
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`
}

function withVersion<T extends KubernetesObject>(object: T, resourceVersion: string | undefined): T {
  return { ...object, metadata: { ...object.metadata, ...(resourceVersion && { resourceVersion }) } }
}
