import type { WireRequest, WireResponse } from '../../server/wire-message.ts'
import { jsonResponse } from '../rest/json-response.ts'
import { readJson } from '../rest/read-body.ts'

const ADMINISTRATOR = { username: 'berth-admin', groups: ['system:masters', 'system:authenticated'] }

/** Who asks, and what may be done: whoever was let in may do everything. Null where the path asks for no review. */
export function reviewAccess(wire: WireRequest): WireResponse | null {
  const [, group, resource] =
    /^\/apis\/(authentication\.k8s\.io|authorization\.k8s\.io)\/v1\/(\w+)$/.exec(wire.url.pathname) ?? []
  if (wire.method !== 'POST' || group === undefined) return null
  const status = statusOf(resource ?? '')
  if (status === null) return null
  const body = (readJson(wire) ?? {}) as object
  return jsonResponse(201, { ...body, status })
}

function statusOf(resource: string): object | null {
  switch (resource) {
    case 'selfsubjectaccessreviews':
      return { allowed: true }
    case 'selfsubjectrulesreviews':
      return {
        resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        incomplete: false,
      }
    case 'selfsubjectreviews':
      return { userInfo: ADMINISTRATOR }
    default:
      return null
  }
}
