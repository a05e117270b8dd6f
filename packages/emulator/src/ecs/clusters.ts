import { AwsError } from '../aws/aws-error.ts'
import type { AwsRequest } from '../aws/aws-operation.ts'
import { paginate } from '../aws/paginate.ts'
import type { Cluster, StrategyItem } from './cluster.ts'
import { clusterNotFound, invalidParameter } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import type { EcsRegion } from './ecs-region.ts'
import { clusterName, requireCluster } from './find-cluster.ts'
import { readTags, renderTags } from './read-tags.ts'
import type { TagBody } from './task-definition-body.ts'

interface ClusterBody {
  readonly clusterName?: string
  readonly cluster?: string
  readonly clusters?: readonly string[]
  readonly include?: readonly string[]
  readonly tags?: readonly TagBody[]
  readonly settings?: Cluster['settings']
  readonly capacityProviders?: readonly string[]
  readonly defaultCapacityProviderStrategy?: readonly StrategyItem[]
  readonly maxResults?: number
  readonly nextToken?: string
}

const FARGATE_PROVIDERS = ['FARGATE', 'FARGATE_SPOT']

export function newCluster(
  name: string,
  region: string,
  accountId: string,
  others: Partial<Cluster> = {},
): Cluster {
  return {
    name,
    arn: `arn:aws:ecs:${region}:${accountId}:cluster/${name}`,
    status: 'ACTIVE',
    tags: new Map(),
    settings: [],
    capacityProviders: [],
    defaultStrategy: [],
    ...others,
  }
}

/** One of the same name that is there already is told as it is. */
export function createCluster(request: AwsRequest, { regions, account }: EcsParts): object {
  const body = request.input<ClusterBody>()
  const region = regions.in(request.region)
  const name = body.clusterName ?? 'default'
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
    throw invalidParameter('Identifiers may contain only letters, numbers, hyphens and underscores.')
  checkProviders(body.capacityProviders)
  const found = region.clusters.get(name)
  const cluster =
    found?.status === 'ACTIVE'
      ? found
      : newCluster(name, request.region, account.accountId, {
          tags: readTags(body.tags),
          settings: body.settings ?? [],
          capacityProviders: body.capacityProviders ?? [],
          defaultStrategy: body.defaultCapacityProviderStrategy ?? [],
        })
  region.clusters.set(name, cluster)
  return { cluster: renderCluster(cluster, region, ['TAGS', 'SETTINGS']) }
}

export function deleteCluster(request: AwsRequest, { regions }: EcsParts): object {
  const region = regions.in(request.region)
  const cluster = requireCluster(request.input<ClusterBody>().cluster, region)
  if (countsOf(cluster, region).total > 0)
    throw new AwsError(
      400,
      'ClusterContainsTasksException',
      'The Cluster cannot be deleted while Tasks are active.',
    )
  cluster.status = 'INACTIVE'
  return { cluster: renderCluster(cluster, region, []) }
}

export function describeClusters(request: AwsRequest, { regions, account }: EcsParts): object {
  const { clusters: asked = ['default'], include = [] } = request.input<ClusterBody>()
  if (asked.length > 100) throw invalidParameter('Clusters cannot be more than 100.')
  const region = regions.in(request.region)
  const found = asked.flatMap((identifier) => region.clusters.get(clusterName(identifier)) ?? [])
  const missing = asked.filter((identifier) => !region.clusters.has(clusterName(identifier)))
  return {
    clusters: found.map((cluster) => renderCluster(cluster, region, include)),
    failures: missing.map((identifier) => ({
      arn: newCluster(clusterName(identifier), request.region, account.accountId).arn,
      reason: 'MISSING',
    })),
  }
}

export function listClusters(request: AwsRequest, { regions }: EcsParts): object {
  const { maxResults = 100, nextToken } = request.input<ClusterBody>()
  const all = [...regions.in(request.region).clusters.values()]
    .filter(({ status }) => status === 'ACTIVE')
    .map(({ arn }) => arn)
    .sort()
  const page = paginate(all, {
    pageSize: maxResults,
    token: nextToken,
    keyOf: (arn) => arn,
    refuse: () => invalidParameter('Invalid token.'),
  })
  return { clusterArns: page.items, nextToken: page.nextToken }
}

export function putClusterCapacityProviders(request: AwsRequest, { regions }: EcsParts): object {
  const body = request.input<ClusterBody>()
  const region = regions.in(request.region)
  const cluster = region.clusters.get(clusterName(body.cluster))
  if (cluster?.status !== 'ACTIVE') throw clusterNotFound()
  checkProviders(body.capacityProviders)
  cluster.capacityProviders = body.capacityProviders ?? []
  cluster.defaultStrategy = body.defaultCapacityProviderStrategy ?? []
  return { cluster: renderCluster(cluster, region, ['TAGS', 'SETTINGS']) }
}

function checkProviders(providers: readonly string[] = []): void {
  const unknown = providers.find((provider) => !FARGATE_PROVIDERS.includes(provider))
  if (unknown !== undefined)
    throw invalidParameter(`The specified capacity provider '${unknown}' was not found.`)
}

function renderCluster(cluster: Cluster, region: EcsRegion, include: readonly string[]): object {
  const { running, pending } = countsOf(cluster, region)
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: running,
    pendingTasksCount: pending,
    activeServicesCount: 0,
    statistics: [],
    tags: include.includes('TAGS') ? renderTags(cluster.tags) : [],
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultStrategy,
  }
}

function countsOf(
  cluster: Cluster,
  { tasks }: EcsRegion,
): { readonly running: number; readonly pending: number; readonly total: number } {
  const active = tasks.of(cluster).filter(({ lastStatus }) => lastStatus !== 'STOPPED')
  const running = active.filter(({ lastStatus }) => lastStatus === 'RUNNING').length
  return { running, pending: active.length - running, total: active.length }
}
