import type { AwsAccount } from '../aws/aws-options.ts'
import type { AwsThrottle } from '../aws/aws-throttle.ts'
import type { RegionMap } from '../aws/region-map.ts'
import type { LogStore } from '../cloudwatch-logs/log-store.ts'
import type { NetworkStore } from '../ec2/network-store.ts'
import type { RoleStore } from '../iam/role-store.ts'
import type { DataChannels } from '../session-manager/data-channels.ts'
import type { World } from '../world.ts'
import type { EcsDialect } from './ecs-dialect.ts'
import type { EcsLimits } from './ecs-limits.ts'
import type { EcsRegion } from './ecs-region.ts'

/** What the operations of the service share. */
export interface EcsParts {
  readonly world: World
  readonly account: AwsAccount
  readonly dialect: EcsDialect
  readonly limits: EcsLimits
  readonly throttle: AwsThrottle
  readonly regions: RegionMap<EcsRegion>
  readonly networks: RegionMap<NetworkStore>
  readonly logs: RegionMap<LogStore>
  readonly roles: RoleStore
  readonly channels: DataChannels
}
