import { defineProvider } from '@berth/core'
import { ecsAccount } from './ecs-account.ts'
import { ecsAdapter } from './ecs-adapter.ts'
import { type EcsCapabilities, ecsCapabilities } from './ecs-capabilities.ts'
import { checkOptions, type EcsOptions } from './ecs-options.ts'

/**
 * AWS ECS on Fargate as a provider: `ecs()` for the region and the credentials that AWS's own variables and profiles name,
 * `ecs({ region, cluster })` for others. Nothing is read or called before the first run.
 */
export const ecs = defineProvider<EcsCapabilities, EcsOptions>({
  capabilities: ecsCapabilities,
  connect: (options) => {
    checkOptions(options)
    return ecsAdapter(ecsAccount(options), options.quotas)
  },
})
