import type { AzureAccount } from '../arm/azure-options.ts'
import type { ResourceGroupStore } from '../arm/resource-group-store.ts'
import type { World } from '../world.ts'
import type { AciDialect } from './aci-dialect.ts'
import type { AciLimits } from './aci-limits.ts'
import type { AciQuota } from './aci-quota.ts'
import type { AsyncOperation } from './async-operation.ts'
import type { GroupStore } from './group-store.ts'
import type { StreamSessions } from './stream-sessions.ts'

/** What the operations of the service share. */
export interface AciParts {
  readonly world: World
  readonly account: AzureAccount
  readonly dialect: AciDialect
  readonly limits: AciLimits
  readonly resourceGroups: ResourceGroupStore
  readonly groups: GroupStore
  readonly quota: AciQuota
  /** By id, as long as the emulator lives. */
  readonly operations: Map<string, AsyncOperation>
  readonly sessions: StreamSessions
}
