import type { AwsAccount } from '../aws/aws-options.ts'
import type { AwsService } from '../aws/aws-service.ts'
import { jsonProtocol } from '../aws/json-protocol.ts'
import { RegionMap } from '../aws/region-map.ts'
import { DataChannels } from '../session-manager/data-channels.ts'
import { ClientTokens } from './client-tokens.ts'
import { newCluster } from './clusters.ts'
import { ECS_DIALECT, type EcsDialect } from './ecs-dialect.ts'
import { throttled } from './ecs-errors.ts'
import { bucketOf, ECS_LIMITS, type EcsLimits, ecsThrottle } from './ecs-limits.ts'
import { ecsOperations } from './ecs-operations.ts'
import type { EcsParts } from './ecs-parts.ts'
import type { EcsRegion } from './ecs-region.ts'
import { refuseOften } from './refuse-often.ts'
import { TaskDefinitionStore } from './task-definition-store.ts'
import { TaskStore } from './task-store.ts'

export interface EcsServiceOptions
  extends Pick<EcsParts, 'world' | 'account' | 'networks' | 'logs' | 'roles'> {
  readonly dialect?: Partial<EcsDialect> | undefined
  readonly limits?: Partial<EcsLimits> | undefined
}

/** Amazon Elastic Container Service, with Fargate to run tasks on. */
export function ecsService({ dialect: chosen, limits: changed, ...shared }: EcsServiceOptions): AwsService {
  const { world, account } = shared
  const dialect = { ...ECS_DIALECT, ...chosen }
  const limits = { ...ECS_LIMITS, ...changed }
  const throttle = ecsThrottle(limits, world.time.scale)
  const channels = new DataChannels()
  const regions = new RegionMap<EcsRegion>((region) => ({
    clusters: clustersOf(account, region),
    definitions: new TaskDefinitionStore(),
    tasks: new TaskStore(world.time, dialect),
    tokens: new ClientTokens(world.time),
  }))
  const parts: EcsParts = { ...shared, dialect, limits, throttle, regions, channels }
  return {
    name: 'ecs',
    protocol: jsonProtocol('AmazonEC2ContainerServiceV20141113'),
    operations: ecsOperations(parts),
    admits: (operation, region) => throttle.admits(bucketOf(operation), region),
    throttled: (operation) => (operation === 'RunTask' ? refuseOften(dialect) : throttled()),
    upgrade: (message, socket, head, url) => channels.upgrade(message, socket, head, url),
    async close() {
      channels.close()
      await Promise.all(regions.all().flatMap(({ tasks }) => tasks.all().map(({ life }) => life?.close())))
    },
  }
}

function clustersOf({ clusters, accountId }: AwsAccount, region: string): EcsRegion['clusters'] {
  const capacityProviders = ['FARGATE', 'FARGATE_SPOT']
  return new Map(clusters.map((name) => [name, newCluster(name, region, accountId, { capacityProviders })]))
}
