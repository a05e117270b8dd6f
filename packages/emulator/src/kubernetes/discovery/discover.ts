import type { WireResponse } from '../../server/wire-message.ts'
import type { KubernetesDialect } from '../kubernetes-dialect.ts'
import { RESOURCE_TYPES } from '../resource-types.ts'
import { apiVersionOf } from '../rest/api-version.ts'
import { jsonResponse } from '../rest/json-response.ts'
import { openApiIndex, openApiOf } from './open-api.ts'
import { serverVersion } from './server-version.ts'

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const VERBS_OF_PARTS: Readonly<Record<string, readonly string[]>> = {
  status: ['get', 'patch', 'update'],
  log: ['get'],
  exec: ['create', 'get'],
  attach: ['create', 'get'],
  portforward: ['create', 'get'],
}
/** What is only ever asked, and never stored. */
const REVIEWS = [
  { group: 'authentication.k8s.io', resource: 'selfsubjectreviews', kind: 'SelfSubjectReview' },
  { group: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews', kind: 'SelfSubjectAccessReview' },
  { group: 'authorization.k8s.io', resource: 'selfsubjectrulesreviews', kind: 'SelfSubjectRulesReview' },
].map((review) => ({ ...review, version: 'v1' }))

/** What the API has, and how well it is; null where the path asks for something else. */
export function discover(path: string, dialect: KubernetesDialect): WireResponse | null {
  const words = path.split('/').filter(Boolean)
  const [root, first, second] = words
  if (root === 'version' && words.length === 1) return jsonResponse(200, serverVersion(dialect.minorVersion))
  if (root === 'readyz' || root === 'livez' || root === 'healthz')
    return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'ok' }
  if (root === 'openapi' && first === 'v3') {
    const found = words.length === 2 ? openApiIndex() : openApiOf(words.slice(2).join('/'))
    return found && jsonResponse(200, found)
  }
  if (words.length === 0) return jsonResponse(200, { paths: paths() })
  if (root === 'api' && words.length === 1) return jsonResponse(200, coreVersions())
  if (root === 'api' && first === 'v1' && words.length === 2) return jsonResponse(200, resourcesOf('', 'v1'))
  if (root !== 'apis') return null
  if (words.length === 1)
    return jsonResponse(200, { kind: 'APIGroupList', apiVersion: 'v1', groups: groups().map(groupOf) })
  if (!groups().includes(first ?? '')) return null
  if (words.length === 2)
    return jsonResponse(200, { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(first ?? '') })
  return words.length === 3 && second === 'v1' ? jsonResponse(200, resourcesOf(first ?? '', 'v1')) : null
}

function groups(): readonly string[] {
  const named = [...RESOURCE_TYPES, ...REVIEWS].map(({ group }) => group).filter((group) => group !== '')
  return [...new Set(named)].sort()
}

function groupOf(name: string): object {
  const version = { groupVersion: `${name}/v1`, version: 'v1' }
  return { name, versions: [version], preferredVersion: version }
}

function coreVersions(): object {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
}

function resourcesOf(group: string, version: string): object {
  const types = RESOURCE_TYPES.filter((type) => type.group === group)
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf({ group, version }),
    resources: [
      ...types.flatMap(
        ({ resource, singular, kind, namespaced, shortNames, categories, subresources = [] }) => [
          {
            name: resource,
            singularName: singular,
            namespaced,
            kind,
            verbs: VERBS,
            ...(shortNames && { shortNames }),
            ...(categories && { categories }),
          },
          ...subresources.map((part) => ({
            name: `${resource}/${part}`,
            singularName: '',
            namespaced,
            kind: KINDS_OF_PARTS[part] ?? kind,
            verbs: VERBS_OF_PARTS[part] ?? [],
          })),
        ],
      ),
      ...REVIEWS.filter((review) => review.group === group).map(({ resource, kind }) => ({
        name: resource,
        singularName: kind.toLowerCase(),
        namespaced: false,
        kind,
        verbs: ['create'],
      })),
    ],
  }
}

const KINDS_OF_PARTS: Readonly<Record<string, string>> = {
  exec: 'PodExecOptions',
  attach: 'PodAttachOptions',
  portforward: 'PodPortForwardOptions',
}

function paths(): readonly string[] {
  const named = groups().flatMap((group) => [`/apis/${group}`, `/apis/${group}/v1`])
  return ['/api', '/api/v1', '/apis', ...named, '/healthz', '/livez', '/readyz', '/version']
}
