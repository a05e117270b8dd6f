import type { ArmService } from '../arm/arm-service.ts'
import type { AzureAccount } from '../arm/azure-options.ts'
import type { ResourceGroupStore } from '../arm/resource-group-store.ts'
import type { World } from '../world.ts'
import { ACI_DIALECT, type AciDialect } from './aci-dialect.ts'
import { ACI_LIMITS, type AciLimits } from './aci-limits.ts'
import { aciOperations } from './aci-operations.ts'
import type { AciParts } from './aci-parts.ts'
import { AciQuota } from './aci-quota.ts'
import { ACI_VERSIONS } from './api-versions.ts'
import { removeGroup } from './delete-group.ts'
import { GroupStore } from './group-store.ts'
import { StreamSessions } from './stream-sessions.ts'

export interface AciServiceOptions {
  readonly world: World
  readonly account: AzureAccount
  readonly resourceGroups: ResourceGroupStore
  readonly dialect?: Partial<AciDialect> | undefined
  readonly limits?: Partial<AciLimits> | undefined
}

/** Azure Container Instances. */
export function aciService(options: AciServiceOptions): ArmService {
  const { world, account, resourceGroups } = options
  const limits = { ...ACI_LIMITS, ...options.limits }
  const groups = new GroupStore()
  const sessions = new StreamSessions()
  const parts: AciParts = {
    world,
    account,
    resourceGroups,
    groups,
    sessions,
    limits,
    dialect: { ...ACI_DIALECT, ...options.dialect },
    quota: new AciQuota(limits, world.time.scale),
    operations: new Map(),
  }
  return {
    provider: {
      namespace: 'Microsoft.ContainerInstance',
      types: [
        { type: 'containerGroups', apiVersions: ACI_VERSIONS },
        { type: 'locations', apiVersions: ACI_VERSIONS },
        { type: 'locations/operations', apiVersions: ACI_VERSIONS },
      ],
    },
    operations: aciOperations(parts),
    upgrade: (message, socket, head, url) => sessions.upgrade(message, socket, head, url),
    async removeAllOf({ subscriptionId, name }) {
      const all = groups.list({ subscriptionId, resourceGroup: name }, 0)
      await Promise.all(all.map((group) => removeGroup(group, parts)))
    },
    async close() {
      sessions.close()
      await Promise.all(groups.all().map((group) => group.life?.end({ keepLogs: false })))
    },
  }
}
