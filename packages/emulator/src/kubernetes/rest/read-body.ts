import type { WireRequest } from '../../server/wire-message.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ResourceType } from '../resource-type.ts'
import { badRequest, StatusError } from '../status-error.ts'
import { apiVersionOf } from './api-version.ts'

/** The JSON of a request's body; undefined where there is none. @throws StatusError */
export function readJson(wire: WireRequest): unknown {
  if (wire.body.length === 0) return undefined
  const type = contentTypeOf(wire)
  if (type !== '' && !/[/+]json$/.test(type))
    throw unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: application/json`,
    )
  try {
    return JSON.parse(wire.body.toString('utf8'))
  } catch (error) {
    throw badRequest(`the object provided is unrecognized: ${(error as Error).message}`)
  }
}

/** An object of the resource that the path names. @throws StatusError */
export function readObject(wire: WireRequest, type: ResourceType): KubernetesObject {
  const body = readJson(wire)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest(`Object 'Kind' is missing in '${wire.body.toString('utf8', 0, 100)}'`)
  const { kind = type.kind, apiVersion = apiVersionOf(type), metadata } = body as Partial<KubernetesObject>
  if (kind !== type.kind || apiVersion !== apiVersionOf(type))
    throw badRequest(
      `${kind} in version "${apiVersion}" cannot be handled as a ${type.kind}: no kind "${kind}" is served here`,
    )
  if (metadata !== undefined && (typeof metadata !== 'object' || metadata === null))
    throw badRequest(
      `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal metadata`,
    )
  return { ...body, kind, apiVersion, metadata: withoutNulls(metadata ?? { name: '' }) } as KubernetesObject
}

export function contentTypeOf({ headers }: WireRequest): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

export function unsupportedMediaType(message: string): StatusError {
  return new StatusError(415, 'UnsupportedMediaType', message)
}

/** Clients in Go write `creationTimestamp: null`. */
function withoutNulls<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null)) as T
}
