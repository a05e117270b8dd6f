import type { WireResponse } from '../../server/wire-message.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { isRecord, mergePatch } from '../patch/merge-patch.ts'
import { strategicMergePatch } from '../patch/strategic-merge-patch.ts'
import { badRequest, conflict, methodNotAllowed } from '../status-error.ts'
import { validateMetadata } from '../validation/validate-metadata.ts'
import { type ApiRequest, isDryRun } from './api-request.ts'
import { findObject } from './find-object.ts'
import { jsonResponse } from './json-response.ts'
import { contentTypeOf, readJson, readObject, unsupportedMediaType } from './read-body.ts'
import { type RestParts, strategyOf, told } from './rest-parts.ts'

const PATCHES: Readonly<Record<string, (target: unknown, patch: unknown) => unknown>> = {
  'application/json-patch+json': jsonPatch,
  'application/merge-patch+json': mergePatch,
  'application/strategic-merge-patch+json': strategicMergePatch,
}

/** PUT of an object, or of its status. */
export function updateObject(request: ApiRequest, parts: RestParts): WireResponse {
  const { type, name } = request.target
  if (name === undefined) throw methodNotAllowed(type)
  return change(request, findObject(request.target, parts), readObject(request.wire, type), parts)
}

/** PATCH, in any of the forms but that of server-side apply. */
export function patchObject(request: ApiRequest, parts: RestParts): WireResponse {
  const { type, name } = request.target
  if (name === undefined) throw methodNotAllowed(type)
  const patch = PATCHES[contentTypeOf(request.wire)]
  if (patch === undefined)
    throw unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: ${Object.keys(PATCHES).join(', ')}`,
    )
  const before = findObject(request.target, parts)
  const after = patch(before, readJson(request.wire))
  if (!isRecord(after) || !isRecord(after.metadata)) throw badRequest('the patch leaves no object')
  return change(request, before, after as unknown as KubernetesObject, parts)
}

function change(
  request: ApiRequest,
  before: KubernetesObject,
  sent: KubernetesObject,
  parts: RestParts,
): WireResponse {
  const { type, subresource } = request.target
  const { name, resourceVersion, uid } = sent.metadata
  const current = before.metadata
  if (name !== current.name)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${current.name})`)
  if (resourceVersion && resourceVersion !== current.resourceVersion)
    throw conflict(
      type,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    )
  if (uid && uid !== current.uid)
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.uid}`,
    )
  const merged =
    subresource === 'status' ? withStatus(before, sent) : withoutStatus(before, sent, type.subresources)
  const strategy = strategyOf(parts, type.resource)
  const after = strategy.prepareForUpdate?.(merged, before, subresource) ?? merged
  validateMetadata(after, type)
  if (isDryRun(request)) return jsonResponse(200, told(after, request, parts))
  const stored = parts.store.replace(type.resource, after as never) as KubernetesObject
  if (isToGo(stored)) parts.store.remove(type.resource, stored as never)
  return jsonResponse(200, told(stored, request, parts))
}

/** What only the server says stays as it is. */
function kept({ metadata }: KubernetesObject, sent: KubernetesObject): KubernetesObject {
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, resourceVersion } = metadata
  const { deletionTimestamp: _deleted, deletionGracePeriodSeconds: _grace, ...rest } = sent.metadata
  return {
    ...sent,
    metadata: {
      ...rest,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
    },
  }
}

function withStatus(before: KubernetesObject, sent: KubernetesObject): KubernetesObject {
  return { ...before, ...('status' in sent && { status: sent.status }) }
}

function withoutStatus(
  before: KubernetesObject,
  sent: KubernetesObject,
  subresources: readonly string[] = [],
): KubernetesObject {
  const after = kept(before, sent)
  if (!subresources.includes('status')) return after
  const { status: _status, ...rest } = after as KubernetesObject & { status?: unknown }
  return { ...rest, ...('status' in before && { status: before.status }) }
}

/** What was only held by its finalizers goes with the last of them. */
function isToGo({ metadata }: KubernetesObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && finalizers.length === 0
}
