import { GoogleError } from '../google/google-error.ts'
import type { GoogleOperation, GoogleRequest } from '../google/google-operation.ts'
import type { EmulatedCluster } from './emulated-cluster.ts'
import { renderCluster } from './render-cluster.ts'
import { creationOf, renderOperation } from './render-operation.ts'
import { renderServerConfig } from './render-server-config.ts'

const LOCATION = '/v1/projects/:project/locations/:location'
const ANYWHERE = '-'

/** What of the Container API is here: everything that reads clusters and operations. Nothing is made or deleted through it. */
export function gkeOperations(clusters: readonly EmulatedCluster[]): readonly GoogleOperation[] {
  const at = ({ parameters: { location } }: GoogleRequest) =>
    clusters.filter((cluster) => location === ANYWHERE || location === cluster.location)
  const base = { service: 'gke', method: 'GET' } as const
  return [
    {
      ...base,
      name: 'ListClusters',
      path: `${LOCATION}/clusters`,
      handle: (request) => ({ clusters: at(request).map(renderCluster) }),
    },
    {
      ...base,
      name: 'GetCluster',
      path: `${LOCATION}/clusters/:cluster`,
      nameParameter: 'cluster',
      handle: (request) => {
        const found = at(request).find(({ name }) => name === request.parameters.cluster)
        if (found) return renderCluster(found)
        throw notFound(request, 'clusters', request.parameters.cluster)
      },
    },
    {
      ...base,
      name: 'GetServerConfig',
      path: `${LOCATION}/serverConfig`,
      handle: (request) => renderServerConfig(at(request)),
    },
    {
      ...base,
      name: 'ListOperations',
      path: `${LOCATION}/operations`,
      handle: (request) => ({ operations: at(request).map(renderOperation) }),
    },
    {
      ...base,
      name: 'GetOperation',
      path: `${LOCATION}/operations/:operation`,
      nameParameter: 'operation',
      handle: (request) => {
        const found = at(request).find((cluster) => creationOf(cluster) === request.parameters.operation)
        if (found) return renderOperation(found)
        throw notFound(request, 'operations', request.parameters.operation)
      },
    },
  ]
}

function notFound(
  { parameters: { project, location } }: GoogleRequest,
  kind: string,
  name = '',
): GoogleError {
  return new GoogleError('NOT_FOUND', `Not found: projects/${project}/locations/${location}/${kind}/${name}.`)
}
