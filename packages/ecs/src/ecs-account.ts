import type { SecurityGroup } from '@aws-sdk/client-ec2'
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { durationInMs } from '@berth/core'
import { type Aws, connectAws } from './aws/connect-aws.ts'
import type { Gathering } from './describe-together.ts'
import type { EcsOptions } from './ecs-options.ts'
import { type EcsPlace, readPlace } from './ecs-place.ts'
import type { Foundation } from './find-foundation.ts'
import type { Network } from './find-network.ts'
import type { TaskView } from './task-view.ts'

/** One account as its provider sees it: where it is, the way to it, and what was last seen there. */
export interface EcsAccount {
  readonly aws: Aws
  /** What options and variables name; nothing is asked for it. */
  readonly place: EcsPlace
  /** How long a task definition that nobody uses is kept. */
  readonly keepDefinitionsInMs: number
  /** The region that calls go to; known once the SDK is loaded. */
  region(): Promise<string>
  readonly knownRegion: string | undefined
  /** What was found of cluster and network, once it was all there. */
  readonly foundations: Map<'foundation', Promise<Foundation>>
  readonly networks: Map<'network', Promise<Network>>
  /** The security group of each network, and the rules in it that this process has seen or made: `sg-… tcp/80`. */
  readonly securityGroups: Map<string, Promise<SecurityGroup | undefined>>
  readonly openPorts: Map<string, Promise<void>>
  /** The set-up that the first run makes, where it is to. */
  readonly setups: Map<'setup', Promise<unknown>>
  /** The definition of each family that this process has found or registered. */
  readonly definitions: Map<string, Promise<string>>
  /** What a definition says, by ARN: it never changes. */
  readonly definitionContents: Map<string, Promise<TaskDefinition | undefined>>
  /** What was last seen of each run that somebody follows. */
  readonly views: Map<string, TaskView>
  /** When tasks were last asked for, on the monotonic clock, and the question that is waiting to be asked. */
  describedAt: number
  gathering: Gathering | undefined
  /** When network interfaces were last asked for, on the monotonic clock. */
  addressesAskedAt: number
  /** Runs of which nothing is left but the service's memory of their task. */
  readonly removed: Set<string>
  /** When containers were first seen to have ended, on the monotonic clock: by run and name. */
  readonly endsSeen: Map<string, number>
}

export function ecsAccount(options: EcsOptions): EcsAccount {
  const { region, profile, credentials, endpoint } = options
  const aws = connectAws({ region, profile, credentials, endpoint })
  let knownRegion = region
  return {
    aws,
    place: readPlace(options),
    keepDefinitionsInMs: durationInMs(options.keepDefinitions ?? '1d', 'keepDefinitions'),
    region: async () => {
      knownRegion = await (await aws.ecs()).config.region()
      return knownRegion
    },
    get knownRegion() {
      return knownRegion ?? process.env.AWS_REGION
    },
    foundations: new Map(),
    networks: new Map(),
    securityGroups: new Map(),
    openPorts: new Map(),
    setups: new Map(),
    definitions: new Map(),
    definitionContents: new Map(),
    views: new Map(),
    describedAt: Number.NEGATIVE_INFINITY,
    gathering: undefined,
    addressesAskedAt: Number.NEGATIVE_INFINITY,
    removed: new Set(),
    endsSeen: new Map(),
  }
}

/** Forgets what was found: a call has failed that stood on it. */
export function forgetFound(account: EcsAccount): void {
  account.foundations.clear()
  account.networks.clear()
  account.securityGroups.clear()
  account.openPorts.clear()
}
