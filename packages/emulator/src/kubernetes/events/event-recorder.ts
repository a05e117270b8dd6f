import { nanosecondsInHex, toMicrosecond, toSecond } from '../cluster-time.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import type { Event, ObjectReference } from '../objects/objects.ts'

/** Something that is told of an object. */
export interface Told {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** `spec.containers{main}` */
  readonly fieldPath?: string | undefined
}

/** Who tells it, and by which clock. */
export interface Reporter {
  readonly component: 'kubelet' | 'default-scheduler' | 'service-controller'
  readonly host?: string | undefined
  /** Milliseconds. */
  readonly now: () => number
}

const KEPT_FOR_MS = 3_600_000

/** Writes events. What is told again of the same object is counted in one, as reporters do. */
export class EventRecorder {
  readonly #store: ObjectStore

  constructor(store: ObjectStore) {
    this.#store = store
  }

  tell(object: KubernetesObject, told: Told, reporter: Reporter): void {
    const { namespace = 'default', name } = object.metadata
    // What is told after its namespace is gone is told to nobody.
    if (this.#store.get('namespaces', undefined, namespace) === undefined) return
    const now = reporter.now()
    const involvedObject = referenceTo(object, told.fieldPath)
    const earlier = this.#store
      .list('events', namespace)
      .find((event) => isSame(event, told, involvedObject, reporter))
    if (earlier) {
      const counted = { count: (earlier.count ?? 1) + 1, lastTimestamp: toSecond(now) }
      this.#store.replace('events', { ...earlier, ...counted })
      return
    }
    this.#forgetOld(namespace, now)
    const { type, reason, message } = told
    this.#store.add('events', {
      metadata: { name: `${name}.${nanosecondsInHex(now)}`, namespace },
      involvedObject,
      reason,
      message,
      type,
      ...stampsOf(reporter, now),
    })
  }

  #forgetOld(namespace: string, now: number): void {
    for (const event of this.#store.list('events', namespace)) {
      const last = event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? ''
      if (Date.parse(last) < now - KEPT_FOR_MS) this.#store.remove('events', event)
    }
  }
}

function referenceTo(object: KubernetesObject, fieldPath: string | undefined): ObjectReference {
  const { namespace, name, uid = '', resourceVersion = '' } = object.metadata
  return {
    kind: object.kind ?? 'Pod',
    apiVersion: object.apiVersion ?? 'v1',
    ...(namespace !== undefined && { namespace }),
    name,
    uid,
    resourceVersion,
    ...(fieldPath !== undefined && { fieldPath }),
  }
}

function isSame(event: Event, told: Told, about: ObjectReference, { component }: Reporter): boolean {
  return (
    event.reason === told.reason &&
    event.message === told.message &&
    event.involvedObject.uid === about.uid &&
    event.involvedObject.fieldPath === about.fieldPath &&
    event.source?.component === component
  )
}

/** The scheduler writes events of the newer kind, with microseconds and without a count. */
function stampsOf({ component, host }: Reporter, now: number): Partial<Event> {
  if (component === 'default-scheduler')
    return {
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: toMicrosecond(now),
      action: 'Binding',
      reportingComponent: component,
      reportingInstance: component,
    }
  const at = toSecond(now)
  return {
    source: { component, ...(host !== undefined && { host }) },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  }
}
