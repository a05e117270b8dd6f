import type { CreateContext, GroupPlan } from '@berth/core'
import type { DockerHost } from './docker-host.ts'

/** The making of one run. */
export interface Creation {
  readonly host: DockerHost
  readonly plan: GroupPlan
  readonly context: CreateContext
  /** `linux/arm64`, where the plan or the provider asks for one. */
  readonly platform: string | undefined
  /** What the engine took otherwise than asked. */
  readonly notes: Set<string>
  /** The container with whose making the order counts as taken: it is made first. */
  readonly first: string
  /** Whether an earlier call with the same token had made it: its start is not this call's to time. */
  adopted: boolean
}
