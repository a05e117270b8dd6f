import type { RunTaskCommandInput } from '@aws-sdk/client-ecs'
import type { GroupPlan, OwnershipTags } from '@berth/core'
import { nativeOf } from './convert-plan-to-ecs.ts'
import { convertDisks } from './convert-volumes.ts'
import { clientToken, startedByToken } from './ecs-names.ts'
import { taskTags } from './ecs-tags.ts'
import type { TaskNetwork } from './find-network.ts'

export interface RunTaskParts {
  readonly cluster: string
  /** By ARN. */
  readonly taskDefinition: string
  readonly network: TaskNetwork
  /** Whether the task has a role that lets commands be run in it. */
  readonly hasRole: boolean
  readonly tags: OwnershipTags
  /** How many runs of this token were removed before. */
  readonly generation: number
}

/** What is each run's own, in the service's words: all else stands in the definition. */
export function runTaskInput(
  plan: GroupPlan,
  { cluster, taskDefinition, network, hasRole, tags, generation }: RunTaskParts,
): RunTaskCommandInput {
  const { platformVersion, exec } = nativeOf(plan)
  const { subnets, securityGroups } = network
  const disks = convertDisks(plan)
  return {
    cluster,
    taskDefinition,
    count: 1,
    clientToken: clientToken(plan.tags, generation),
    startedBy: startedByToken(plan.tags['berth-token']),
    // Unlike tags it stays with a task that was stopped.
    group: plan.name,
    tags: taskTags(plan, tags),
    enableExecuteCommand: exec ?? hasRole,
    ...(plan.spot
      ? { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] }
      : { launchType: 'FARGATE' }),
    ...(platformVersion !== undefined && { platformVersion }),
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...subnets],
        ...(securityGroups && { securityGroups: [...securityGroups] }),
        assignPublicIp: plan.expose === 'private' ? 'DISABLED' : 'ENABLED',
      },
    },
    ...(disks.length > 0 && { volumeConfigurations: disks }),
  }
}
