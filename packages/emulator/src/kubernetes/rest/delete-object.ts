import type { WireResponse } from '../../server/wire-message.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import { conflict } from '../status-error.ts'
import { type ApiRequest, isDryRun } from './api-request.ts'
import { findObject } from './find-object.ts'
import { jsonResponse } from './json-response.ts'
import { selectorOf } from './match-selector.ts'
import { readJson } from './read-body.ts'
import { removeObject } from './remove-object.ts'
import { renderList } from './render-objects.ts'
import { type RestParts, strategyOf, told } from './rest-parts.ts'

interface DeleteOptions {
  readonly gracePeriodSeconds?: number
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string }
  readonly propagationPolicy?: string
  readonly orphanDependents?: boolean
  readonly dryRun?: readonly string[]
}

/** DELETE of an object. Dependents go after it, unless they are to stay. */
export function deleteObject(request: ApiRequest, parts: RestParts): WireResponse {
  const { type } = request.target
  const options = readOptions(request)
  const object = findObject(request.target, parts)
  requirePreconditions(request, object, options)
  const tellsDeleted = strategyOf(parts, type.resource).tellsDeleted ?? false
  if (isDryRun(request) || options.dryRun?.includes('All'))
    return jsonResponse(200, told(object, request, parts))
  if (options.propagationPolicy === 'Orphan' || options.orphanDependents) orphan(object, parts)
  const { object: last, isGone } = removeObject(parts, type.resource, object, options.gracePeriodSeconds)
  return jsonResponse(200, isGone && !tellsDeleted ? success(request, last) : told(last, request, parts))
}

/** DELETE of a collection: all that the selectors let through. */
export function deleteCollection(request: ApiRequest, parts: RestParts): WireResponse {
  const { type, namespace } = request.target
  const options = readOptions(request)
  const all: readonly KubernetesObject[] = parts.store.list(type.resource, namespace)
  const wanted = all.filter(selectorOf(request.wire.url, type))
  const removed = isDryRun(request)
    ? wanted
    : wanted.map((one) => removeObject(parts, type.resource, one, options.gracePeriodSeconds).object)
  const metadata = { resourceVersion: String(parts.store.version) }
  const now = parts.world.clocks.frontEnd.read()
  return jsonResponse(200, renderList(removed, type, { as: 'object', version: 'v1' }, { metadata, now }))
}

/** They may stand in the body or in the query. */
function readOptions({ wire }: ApiRequest): DeleteOptions {
  const body = (readJson(wire) ?? {}) as DeleteOptions
  const query = wire.url.searchParams
  const grace = query.get('gracePeriodSeconds')
  const policy = query.get('propagationPolicy')
  return {
    ...(grace !== null && { gracePeriodSeconds: Number(grace) }),
    ...(policy !== null && { propagationPolicy: policy }),
    ...body,
  }
}

function requirePreconditions(
  { target: { type } }: ApiRequest,
  { metadata }: KubernetesObject,
  { preconditions: { uid, resourceVersion } = {} }: DeleteOptions,
): void {
  const differs = (what: string, wanted: string, is: string | undefined) =>
    conflict(
      type,
      metadata.name,
      `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${is}`,
    )
  if (uid && uid !== metadata.uid) throw differs('UID', uid, metadata.uid)
  if (resourceVersion && resourceVersion !== metadata.resourceVersion)
    throw differs('ResourceVersion', resourceVersion, metadata.resourceVersion)
}

/** Takes an owner off whatever it owns. */
function orphan({ metadata: { uid, namespace } }: KubernetesObject, { store }: RestParts): void {
  for (const resource of ['pods', 'services', 'secrets', 'configmaps'] as const) {
    for (const object of store.list(resource, namespace)) {
      const references = object.metadata.ownerReferences ?? []
      if (!references.some((owner) => owner.uid === uid)) continue
      const ownerReferences = references.filter((owner) => owner.uid !== uid)
      store.replace(resource, {
        ...object,
        metadata: { ...object.metadata, ownerReferences },
      } as never)
    }
  }
}

function success({ target: { type } }: ApiRequest, { metadata }: KubernetesObject): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: metadata.name,
      ...(type.group !== '' && { group: type.group }),
      kind: type.resource,
      uid: metadata.uid,
    },
  }
}
