import type { ResourceType } from '../resource-type.ts'
import { RESOURCE_TYPES } from '../resource-types.ts'

/** What a path and a method mean. */
export interface Target {
  readonly type: ResourceType
  readonly namespace: string | undefined
  readonly name: string | undefined
  /** `log`, `status`. */
  readonly subresource: string | undefined
  /** In the words of roles. */
  readonly verb: Verb
}

type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection'
  | 'unknown'

/** Null where the path names no resource that is served. */
export function readTarget(method: string, url: URL): Target | null {
  const words = url.pathname.split('/').filter(Boolean).map(decodeWord)
  const [group, version, ...path] = words[0] === 'api' ? ['', ...words.slice(1)] : words.slice(1)
  const isNamespaced = path[0] === 'namespaces' && path.length > 2 && path[2] !== 'status'
  const namespace = isNamespaced ? path[1] : undefined
  const [resource, name, subresource, ...rest] = isNamespaced ? path.slice(2) : path
  const type = RESOURCE_TYPES.find(
    (one) => one.group === group && one.version === version && one.resource === resource,
  )
  const isKnown = subresource === undefined || type?.subresources?.includes(subresource)
  if (type === undefined || !isKnown || rest.length > 0) return null
  // Of all namespaces at once one can only be told.
  if (type.namespaced ? namespace === undefined && name !== undefined : namespace !== undefined) return null
  return { type, namespace, name, subresource, verb: verbOf(method, url, name) }
}

function verbOf(method: string, url: URL, name: string | undefined): Verb {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isTrue(url.searchParams.get('watch'))) return 'watch'
      return name === undefined ? 'list' : 'get'
    case 'POST':
      return 'create'
    case 'PUT':
      return 'update'
    case 'PATCH':
      return 'patch'
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete'
    default:
      return 'unknown'
  }
}

export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1'
}

function decodeWord(word: string): string {
  try {
    return decodeURIComponent(word)
  } catch {
    return word
  }
}
