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
  /** How many containers this call has made. */
  made: number
}
