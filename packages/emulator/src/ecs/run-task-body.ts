import type { StrategyItem } from './cluster.ts'
import type { KeyValueBody, TagBody } from './task-definition-body.ts'

/** What RunTask is asked for, as the wire has it. */
export interface RunTaskBody {
  readonly cluster?: string
  readonly taskDefinition?: string
  readonly count?: number
  readonly launchType?: string
  readonly capacityProviderStrategy?: readonly StrategyItem[]
  readonly platformVersion?: string
  readonly networkConfiguration?: {
    readonly awsvpcConfiguration?: {
      readonly subnets?: readonly string[]
      readonly securityGroups?: readonly string[]
      readonly assignPublicIp?: string
    }
  }
  readonly overrides?: OverridesBody
  readonly startedBy?: string
  readonly group?: string
  readonly referenceId?: string
  readonly clientToken?: string
  readonly tags?: readonly TagBody[]
  readonly propagateTags?: string
  readonly enableECSManagedTags?: boolean
  readonly enableExecuteCommand?: boolean
  readonly volumeConfigurations?: readonly object[]
}

interface OverridesBody {
  readonly containerOverrides?: readonly ContainerOverrideBody[]
  readonly cpu?: string
  readonly memory?: string
  readonly taskRoleArn?: string
  readonly executionRoleArn?: string
  readonly ephemeralStorage?: { readonly sizeInGiB?: number }
}

interface ContainerOverrideBody {
  readonly name?: string
  readonly command?: readonly string[]
  readonly environment?: readonly KeyValueBody[]
  readonly cpu?: number
  readonly memory?: number
  readonly memoryReservation?: number
}
