import { RESOURCE_TYPES } from '../resource-types.ts'
import { apiVersionOf } from '../rest/api-version.ts'

/** Which groups have a document of version 3 of OpenAPI. */
export function openApiIndex(): object {
  const paths = [...new Set(RESOURCE_TYPES.map((type) => pathOf(apiVersionOf(type))))]
  return {
    paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}` }])),
  }
}

/**
 * What a group takes, as far as clients ask: that the server looks at the fields of what it is sent, so that kubectl need not, and that it takes
 * dry runs. There are no schemas. Null for a group that is not served.
 */
export function openApiOf(path: string): object | null {
  const types = RESOURCE_TYPES.filter((type) => pathOf(apiVersionOf(type)) === path)
  if (types.length === 0) return null
  const parameters = ['dryRun', 'fieldValidation'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }))
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'berth-emulator' },
    paths: Object.fromEntries(
      types.map(({ group, version, kind, resource, namespaced }) => [
        `/${path}/${namespaced ? 'namespaces/{namespace}/' : ''}${resource}/{name}`,
        {
          patch: {
            operationId: `patch${kind}`,
            parameters,
            responses: {},
            'x-kubernetes-action': 'patch',
            'x-kubernetes-group-version-kind': { group, version, kind },
          },
        },
      ]),
    ),
    components: { schemas: {} },
  }
}

/** `api/v1`, `apis/coordination.k8s.io/v1` */
function pathOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`
}
