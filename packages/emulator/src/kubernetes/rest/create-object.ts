import { randomInt } from 'node:crypto'
import type { WireResponse } from '../../server/wire-message.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import { resourceType } from '../resource-types.ts'
import { alreadyExists, badRequest, forbidden, methodNotAllowed, notFound } from '../status-error.ts'
import { validateMetadata } from '../validation/validate-metadata.ts'
import { type ApiRequest, isDryRun } from './api-request.ts'
import { jsonResponse } from './json-response.ts'
import { readObject } from './read-body.ts'
import { type RestParts, strategyOf, told } from './rest-parts.ts'

/** POST of a collection. */
export async function createObject(request: ApiRequest, parts: RestParts): Promise<WireResponse> {
  const { type, namespace, name } = request.target
  if (name !== undefined) throw methodNotAllowed(type)
  const strategy = strategyOf(parts, type.resource)
  const sent = placed(named(readObject(request.wire, type)), namespace)
  requireNamespace(sent, request, parts)
  const object = strategy.prepareForCreate?.(sent) ?? sent
  validateMetadata(object, type)
  strategy.refuseByFault?.(object, request.effects)
  const acceptingInMs = strategy.acceptingInMs?.(object) ?? 0
  // One whose client is gone meanwhile is made all the same.
  if (acceptingInMs > 0) await parts.world.time.pass(acceptingInMs, parts.world.closing)
  if (parts.store.get(type.resource, namespace, object.metadata.name))
    throw alreadyExists(type, object.metadata.name)
  if (isDryRun(request)) return jsonResponse(201, told(object, request, parts))
  const stored = parts.store.add(type.resource, object as never) as KubernetesObject
  const answer = jsonResponse(201, told(stored, request, parts))
  strategy.afterCreate?.(stored, request.effects)
  return answer
}

/** No vowels and no letters that look like digits, so that no words come of it. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

function named(object: KubernetesObject): KubernetesObject {
  const { name, generateName } = object.metadata
  if (name || !generateName) return object
  const suffix = Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return { ...object, metadata: { ...object.metadata, name: `${generateName.slice(0, 58)}${suffix}` } }
}

/** What only the server gives is not taken from a client. */
function placed(object: KubernetesObject, namespace: string | undefined): KubernetesObject {
  const {
    uid: _uid,
    resourceVersion,
    creationTimestamp: _created,
    deletionTimestamp: _deleted,
    deletionGracePeriodSeconds: _grace,
    ...metadata
  } = object.metadata
  if (resourceVersion) throw badRequest('resourceVersion should not be set on objects to be created')
  if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  return { ...object, metadata: { ...metadata, ...(namespace !== undefined && { namespace }) } }
}

function requireNamespace(
  { metadata }: KubernetesObject,
  { target }: ApiRequest,
  { store }: RestParts,
): void {
  const { type, namespace } = target
  if (namespace === undefined) return
  const found = store.get('namespaces', undefined, namespace)
  if (!found) throw notFound(resourceType('namespaces'), namespace)
  if (found.metadata.deletionTimestamp)
    throw forbidden(
      type,
      metadata.name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    )
}
