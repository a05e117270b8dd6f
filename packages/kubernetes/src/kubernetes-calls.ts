import type { CallContext, Instant } from '@berth/core'
import type { ClusterAnswer, ClusterRequest } from './cluster/cluster-client.ts'
import type { ObjectList, ObjectMetadata } from './cluster/metadata.ts'
import type { ObjectEvent } from './cluster/object-event.ts'
import type { Pod } from './cluster/pod.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { FRONT_END } from './kubernetes-stamps.ts'
import { RUN_LABEL } from './kubernetes-tags.ts'
import { isAbsent } from './map-kubernetes-error.ts'

/** Of a Secret this much comes here and no more. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

/** An object, when it was asked for, and when the answer came. */
export interface Answered<T> {
  readonly object: T
  readonly sentAt: Instant
  readonly receivedAt: Instant
}

/** One call, whose answer tells the clocks and who gave it. */
export async function call<T>(
  host: KubernetesHost,
  context: CallContext,
  request: ClusterRequest,
): Promise<Answered<T>> {
  let [sentAt, receivedAt] = [0, 0]
  const object = await host.client.call<T>({ signal: context.signal, ...request }, (answer) => {
    sentAt = answer.sentAt
    receivedAt = answer.receivedAt
    tellAnswer(context, answer)
  })
  return { object, sentAt, receivedAt }
}

/** Reports an answer. */
export function tellAnswer(context: CallContext, answer: ClusterAnswer): void {
  const { sentAt, receivedAt, date, age, emulator } = answer
  if (date !== undefined) context.date({ machine: FRONT_END, sentAt, receivedAt, date, age })
  if (emulator !== undefined) context.emulated(emulator)
}

/** A run's Pod; null where there is none. */
export async function getPod(
  host: KubernetesHost,
  ref: string,
  context: CallContext,
): Promise<Answered<Pod> | null> {
  try {
    return await call<Pod>(host, context, { method: 'GET', path: await host.path('pods', ref) })
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** Every Pod of a selector. */
export async function listPods(
  host: KubernetesHost,
  labelSelector: string,
  context: CallContext,
): Promise<Answered<ObjectList<Pod>>> {
  return await call(host, context, {
    method: 'GET',
    path: await host.path('pods'),
    query: { labelSelector },
  })
}

/** What Secrets or Services a selector has, without what is in them. One that this account may not see is none of ours. */
export async function listParts(
  host: KubernetesHost,
  kind: 'secrets' | 'services',
  labelSelector: string,
  context: CallContext,
): Promise<readonly ObjectMetadata[]> {
  try {
    const { object } = await call<ObjectList<ObjectMetadata>>(host, context, {
      method: 'GET',
      path: await host.path(kind),
      query: { labelSelector },
      accept: METADATA_ONLY,
    })
    return object.items ?? []
  } catch (error) {
    if (isForbidden(error)) return []
    throw error
  }
}

/** What has happened to a Pod. An account need not be allowed to see it. */
export async function listEvents(
  host: KubernetesHost,
  uid: string,
  context: CallContext,
): Promise<readonly ObjectEvent[]> {
  try {
    const { object } = await call<ObjectList<ObjectEvent>>(host, context, {
      method: 'GET',
      path: await host.path('events'),
      query: { fieldSelector: `involvedObject.uid=${uid}` },
    })
    return object.items ?? []
  } catch (error) {
    if (isForbidden(error)) return []
    throw error
  }
}

/** The selector of everything of ours, or of one run. */
export function selectorOf(ref?: string): string {
  return ref === undefined ? RUN_LABEL : `${RUN_LABEL}=${ref}`
}

function isForbidden(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 403
}
